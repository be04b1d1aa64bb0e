package dev.parley.policy.plan;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import java.util.Locale;

/** Conditions as tagged objects. */
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
        };
    }

    static Condition read(Fields fields) throws Malformed {
        return switch (fields.string("type")) {
            case "compare" ->
                new Condition.Compare(
                        PlanJson.column(fields.object("column")),
                        fields.text("operator", ConditionJson::operator),
                        LiteralJson.read(fields.object("value")));
            case "one-of" ->
                new Condition.OneOf(
                        PlanJson.column(fields.object("column")), fields.objects("values", LiteralJson::read));
            default -> throw new Malformed("unknown type of condition: " + fields.path());
        };
    }

    private static String text(Condition.Operator operator) {
        return operator.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Condition.Operator operator(String text) throws Malformed {
        for (var operator : Condition.Operator.values()) {
            if (text(operator).equals(text)) {
                return operator;
            }
        }
        throw new Malformed("unknown operator");
    }
}
