package dev.parley.policy.plan;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import java.util.List;
import java.util.Locale;

/** Conditions as tagged objects. Reading stops at the depth that a condition may have, whatever the text holds. */
final class ConditionJson {
    private ConditionJson() {}

    static Json.Obj print(Condition condition) {
        return switch (condition) {
            case Condition.Compare(var column, var operator, var value) ->
                Json.object()
                        .put("type", "compare")
                        .put("column", PlanJson.print(column))
                        .put("operator", text(operator))
                        .put("value", LiteralJson.print(value))
                        .build();
            case Condition.OneOf(var column, var values) ->
                Json.object()
                        .put("type", "one-of")
                        .put("column", PlanJson.print(column))
                        .put("values", Json.array(values, LiteralJson::print))
                        .build();
            case Condition.AnyOf(var parts) -> combined("any-of", parts);
            case Condition.AllOf(var parts) -> combined("all-of", parts);
        };
    }

    static Condition read(Fields fields) throws Malformed {
        return read(fields, 0);
    }

    private static Condition read(Fields fields, int depth) throws Malformed {
        if (depth > Condition.MAX_DEPTH) {
            throw new Malformed("conditions are nested at most " + Condition.MAX_DEPTH + " deep: " + fields.path());
        }
        var condition = switch (fields.string("type")) {
            case "compare" ->
                new Condition.Compare(
                        PlanJson.column(fields.object("column")),
                        fields.text("operator", ConditionJson::operator),
                        LiteralJson.read(fields.object("value")));
            case "one-of" ->
                new Condition.OneOf(
                        PlanJson.column(fields.object("column")), fields.objects("values", LiteralJson::read));
            case "any-of" -> new Condition.AnyOf(parts(fields, depth));
            case "all-of" -> new Condition.AllOf(parts(fields, depth));
            default -> throw new Malformed("unknown type of condition: " + fields.path());
        };
        fields.end();
        return condition;
    }

    private static List<Condition> parts(Fields fields, int depth) throws Malformed {
        return fields.objects("conditions", part -> read(part, depth + 1));
    }

    private static Json.Obj combined(String type, List<Condition> parts) {
        return Json.object()
                .put("type", type)
                .put("conditions", Json.array(parts, ConditionJson::print))
                .build();
    }

    static String text(Condition.Operator operator) {
        return operator.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Condition.Operator operator(String text) throws Malformed {
        for (var operator : Condition.Operator.values()) {
            if (text(operator).equals(text)) {
                return operator;
            }
        }
        throw new Malformed("unknown operator");
    }
}
