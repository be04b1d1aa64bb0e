package dev.parley.policy.plan;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.room.DatasetId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Plans and bound parameters as JSON, specified in {@code docs/spec/plan.md}. Reading is strict: every member is
 * expected, nothing else is, and what was read prints as the same bytes.
 */
public final class PlanJson {
    private static final String KIND = "plan/2";
    private static final int MAX_PARAMETERS = 64;

    private PlanJson() {}

    public static Json.Obj print(Plan plan) {
        return Json.object()
                .put("parley", KIND)
                .put("from", print(plan.from()))
                .put("joins", Json.array(plan.joins(), PlanJson::print))
                .put("where", Json.array(plan.where(), ConditionJson::print))
                .put("groupBy", Json.array(plan.groupBy(), GroupJson::print))
                .put("aggregates", Json.array(plan.aggregates(), AggregateJson::print))
                .put("having", Json.array(plan.excerpt().having(), ExcerptJson::print))
                .put("order", Json.array(plan.excerpt().order(), ExcerptJson::print))
                .put("limit", ExcerptJson.limit(plan.excerpt()))
                .build();
    }

    public static Plan read(Json.Obj json) throws Malformed {
        var fields = json.fields();
        fields.require("parley", KIND);
        try {
            var plan = new Plan(
                    column(fields.object("from")),
                    fields.objects("joins", PlanJson::join),
                    fields.objects("where", ConditionJson::read),
                    fields.objects("groupBy", GroupJson::read),
                    fields.objects("aggregates", AggregateJson::read),
                    ExcerptJson.read(fields));
            fields.end();
            return plan;
        } catch (IllegalArgumentException e) {
            throw new Malformed("plan: " + e.getMessage(), e);
        }
    }

    /** An object whose members are parameter names and whose values are typed literals. */
    public static Json.Obj printParameters(Map<ColumnName, Literal> parameters) {
        var object = Json.object();
        var sorted = new TreeMap<String, Literal>();
        parameters.forEach((name, value) -> sorted.put(name.value(), value));
        sorted.forEach((name, value) -> object.put(name, LiteralJson.print(value)));
        return object.build();
    }

    /** Refuses a parameter bound to another parameter: a bound value is a constant. */
    public static Map<ColumnName, Literal> readParameters(Json.Obj json) throws Malformed {
        var fields = json.fields();
        var parameters = new LinkedHashMap<ColumnName, Literal>();
        for (var name : fields.names()) {
            var value = LiteralJson.read(fields.object(name));
            if (value instanceof Literal.Parameter) {
                throw new Malformed("a parameter's value is a constant");
            }
            parameters.put(ColumnName.parse(name), value);
        }
        if (parameters.size() > MAX_PARAMETERS) {
            throw new Malformed("a query has at most " + MAX_PARAMETERS + " parameters");
        }
        return Map.copyOf(parameters);
    }

    static Json.Obj print(ColumnRef column) {
        return Json.object()
                .put("dataset", column.dataset().value())
                .put("column", column.column().value())
                .build();
    }

    /** Reads the whole object and refuses other members. */
    static ColumnRef column(Fields fields) throws Malformed {
        var column = new ColumnRef(fields.text("dataset", DatasetId::parse), fields.text("column", ColumnName::parse));
        fields.end();
        return column;
    }

    private static Json.Obj print(Plan.Join join) {
        return Json.object()
                .put("kind", join.kind().name().toLowerCase(Locale.ROOT))
                .put("right", print(join.right()))
                .build();
    }

    private static Plan.Join join(Fields fields) throws Malformed {
        var kind = fields.text("kind", text -> switch (text) {
            case "inner" -> Plan.Join.Kind.INNER;
            case "left" -> Plan.Join.Kind.LEFT;
            default -> throw new Malformed("must be inner or left");
        });
        var join = new Plan.Join(kind, column(fields.object("right")));
        fields.end();
        return join;
    }
}
