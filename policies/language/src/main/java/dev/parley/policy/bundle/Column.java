package dev.parley.policy.bundle;

import static java.util.Objects.requireNonNull;

import dev.parley.policy.plan.ColumnName;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import java.util.Optional;

/**
 * A column of a dataset.
 *
 * @param domain for text dimensions and filters: the values that can occur
 * @param bounds for numeric measures, dimensions and filters: the range to which values are clamped
 * @param normalisation for identities, always: the profile that made the hashed form, so that equal people are equal
 */
public record Column(
        ColumnName name,
        ColumnRole role,
        ColumnType type,
        Optional<Domain> domain,
        Optional<Bounds> bounds,
        Optional<String> normalisation) {

    public Column {
        requireNonNull(name);
        requireNonNull(role);
        requireNonNull(type);
        requireNonNull(domain);
        requireNonNull(bounds);
        requireNonNull(normalisation);
        var identity = type instanceof ColumnType.Identity;
        var hidden = role == ColumnRole.HIDDEN;
        Form.require(identity == (role == ColumnRole.IDENTITY) || hidden, "identities have type and role identity");
        Form.require(identity == normalisation.isPresent(), "identities, and only they, have a normalisation profile");
        normalisation.ifPresent(profile -> Form.name("a normalisation profile", profile));
        Form.require(role != ColumnRole.DIMENSION || mayGroup(type), "a dimension is text, a number, a date or a time");
        Form.require(role != ColumnRole.MEASURE || type.isNumber(), "a measure has type whole or decimal");
        checkDomain(role, type, domain);
        checkBounds(role, type, bounds);
    }

    private static boolean mayGroup(ColumnType type) {
        return switch (type) {
            case ColumnType.Text() -> true;
            case ColumnType.Whole(), ColumnType.Date(), ColumnType.Timestamp() -> true;
            case ColumnType.Decimal(var scale) -> true;
            case ColumnType.Truth() -> false;
            case ColumnType.Identity() -> false;
        };
    }

    private static void checkDomain(ColumnRole role, ColumnType type, Optional<Domain> domain) {
        var may = type instanceof ColumnType.Text && (role == ColumnRole.DIMENSION || role == ColumnRole.FILTER);
        Form.require(domain.isEmpty() || may, "only text dimensions and filters have a domain");
    }

    private static void checkBounds(ColumnRole role, ColumnType type, Optional<Bounds> bounds) {
        var may = type.isNumber() && role != ColumnRole.HIDDEN;
        Form.require(bounds.isEmpty() || may, "only numeric measures, dimensions and filters have bounds");
        if (bounds.isPresent()) {
            var scale = type instanceof ColumnType.Decimal(var digits) ? digits : 0;
            var finest = Math.max(bounds.get().min().scale(), bounds.get().max().scale());
            Form.require(finest <= scale, "bounds are finer than the values");
            bounds.get().min().setScale(scale).unscaledValue().longValueExact();
            bounds.get().max().setScale(scale).unscaledValue().longValueExact();
        }
    }

    static Column read(Fields fields) throws Malformed {
        var domain = fields.value("domain") instanceof Json.Null
                ? Optional.<Domain>empty()
                : Optional.of(new Domain(fields.texts("domain", text -> text)));
        var bounds = fields.optionalObject("bounds");
        return new Column(
                fields.text("name", ColumnName::parse),
                fields.text("role", Form.constant(ColumnRole.class)),
                ColumnType.read(fields, "type"),
                domain,
                bounds.isPresent() ? Optional.of(Bounds.read(bounds.get())) : Optional.empty(),
                fields.optionalText("normalisation", text -> text));
    }

    Json.Obj json() {
        return Json.object()
                .put("name", name.value())
                .put("role", role.text())
                .put("type", type.json())
                .put("domain", domain.<Json>map(d -> Json.strings(d.values())).orElseGet(Json.Null::new))
                .put("bounds", bounds.<Json>map(Bounds::json).orElseGet(Json.Null::new))
                .put("normalisation", normalisation.orElse(null))
                .build();
    }
}
