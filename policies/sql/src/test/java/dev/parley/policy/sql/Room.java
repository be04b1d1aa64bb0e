package dev.parley.policy.sql;

import dev.parley.policy.bundle.Bounds;
import dev.parley.policy.bundle.Column;
import dev.parley.policy.bundle.ColumnRole;
import dev.parley.policy.bundle.ColumnType;
import dev.parley.policy.bundle.Dataset;
import dev.parley.policy.bundle.Domain;
import dev.parley.policy.bundle.Parameter;
import dev.parley.policy.plan.ColumnName;
import dev.parley.protocol.room.DatasetId;
import dev.parley.protocol.room.LineageId;
import dev.parley.protocol.room.PartyId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A room of three datasets with every role and type, and names that need quotes. */
final class Room {
    static final List<String> SEGMENTS =
            List.of("gold", "silver", "O'Brien", "größer", "日本", "🙂", "--", "/* :x */", "");
    static final ColumnType TEXT = new ColumnType.Text();
    static final ColumnType MONEY = new ColumnType.Decimal(2);
    static final ColumnType WHOLE = new ColumnType.Whole();
    static final ColumnType DATE = new ColumnType.Date();
    static final ColumnType TIMESTAMP = new ColumnType.Timestamp();
    static final ColumnType TRUTH = new ColumnType.Truth();

    static final Dataset CRM = dataset(
            "crm",
            "person",
            identity("person", "email"),
            identity("phone", "phone"),
            segment("segment"),
            plain("region", ColumnRole.DIMENSION, TEXT),
            plain("order", ColumnRole.DIMENSION, TEXT),
            plain("points", ColumnRole.DIMENSION, WHOLE),
            plain("balance", ColumnRole.DIMENSION, MONEY),
            plain("birthday", ColumnRole.DIMENSION, DATE),
            plain("age", ColumnRole.FILTER, WHOLE),
            plain("score", ColumnRole.FILTER, MONEY),
            plain("since", ColumnRole.FILTER, DATE),
            plain("seen", ColumnRole.FILTER, TIMESTAMP),
            plain("active", ColumnRole.FILTER, TRUTH),
            plain("channel", ColumnRole.FILTER, TEXT),
            measure("spend", MONEY),
            measure("visits", WHOLE),
            plain("note", ColumnRole.HIDDEN, TEXT));

    static final Dataset SALES = dataset(
            "shop-sales",
            "buyer",
            identity("buyer", "email"),
            identity("mobile", "phone"),
            segment("segment"),
            plain("category", ColumnRole.DIMENSION, TEXT),
            plain("bought", ColumnRole.DIMENSION, TIMESTAMP),
            plain("day", ColumnRole.FILTER, DATE),
            measure("amount", MONEY),
            measure("quantity", WHOLE));

    static final Dataset ADS = dataset("ads", "viewer", identity("viewer", "email"), measure("views", WHOLE));

    static final List<Dataset> DATASETS = List.of(CRM, SALES, ADS);

    static final List<Parameter> PARAMETERS = List.of(
            parameter("seg", TEXT),
            parameter("min_age", WHOLE),
            parameter("floor", MONEY),
            parameter("exact", new ColumnType.Decimal(4)),
            parameter("first_day", DATE),
            parameter("moment", TIMESTAMP),
            parameter("flag", TRUTH));

    private Room() {}

    /** Compiles with the parameters that the text names, so that none is unused. */
    static Compilation compile(String sql) {
        var used = PARAMETERS.stream()
                .filter(p ->
                        Pattern.compile(":" + p.name() + "\\b").matcher(sql).find())
                .toList();
        return SqlPlans.compile(sql, DATASETS, used);
    }

    /** The lines of a table in the resources, split at the first bar. */
    static List<String[]> table(String name) {
        return lines(name).stream().map(line -> line.split("\\s*\\|\\s*", 2)).toList();
    }

    /** The lines of a resource; blank lines and lines with # are left out. */
    static List<String> lines(String name) {
        try (var in = Room.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("# "))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Dataset dataset(String id, String unit, Column... columns) {
        return new Dataset(
                new DatasetId(id),
                new PartyId("party-" + id),
                new LineageId(id + "-people"),
                new ColumnName(unit),
                List.of(columns));
    }

    private static Column identity(String name, String profile) {
        return new Column(
                new ColumnName(name),
                ColumnRole.IDENTITY,
                new ColumnType.Identity(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(profile));
    }

    private static Column segment(String name) {
        var domain = new Domain(SEGMENTS.stream().filter(s -> !s.isEmpty()).toList());
        return column(name, ColumnRole.DIMENSION, TEXT, Optional.of(domain), Optional.empty());
    }

    private static Column plain(String name, ColumnRole role, ColumnType type) {
        return column(name, role, type, Optional.empty(), Optional.empty());
    }

    private static Column measure(String name, ColumnType type) {
        var bounds = new Bounds(BigDecimal.ZERO, BigDecimal.valueOf(1000));
        return column(name, ColumnRole.MEASURE, type, Optional.empty(), Optional.of(bounds));
    }

    private static Column column(
            String name, ColumnRole role, ColumnType type, Optional<Domain> domain, Optional<Bounds> bounds) {
        return new Column(new ColumnName(name), role, type, domain, bounds, Optional.empty());
    }

    private static Parameter parameter(String name, ColumnType type) {
        return new Parameter(new ColumnName(name), type, "For tests");
    }
}
