package dev.parley.policy.plan;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.room.DatasetId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Plans and bound parameters as JSON, specified in {@code docs/spec/plan.md}. Reading is strict: every member is
 * expected, nothing else is, and what was read prints as the same bytes.
 */
public final class PlanJson {
    private static final String KIND = "plan/1";
    private static final int MAX_ITEMS = 64;

    private PlanJson() {}

    public static Json.Obj print(Plan plan) {
        return Json.object()
                .put("parley", KIND)
                .put("left", print(plan.left()))
                .put("join", plan.join().<Json>map(PlanJson::print).orElseGet(Json.Null::new))
                .put("where", Json.array(plan.where(), ConditionJson::print))
                .put("groupBy", Json.array(plan.groupBy(), PlanJson::print))
                .put("aggregates", Json.array(plan.aggregates(), AggregateJson::print))
                .build();
    }

    public static Plan read(Json.Obj json) throws Malformed {
        var fields = json.fields();
        fields.require("parley", KIND);
        var left = column(fields.object("left"));
        var join = fields.optionalObject("join");
        try {
            var plan = new Plan(
                    left,
                    join.isPresent() ? Optional.of(join(join.get())) : Optional.empty(),
                    atMost(fields.objects("where", ConditionJson::read)),
                    atMost(fields.objects("groupBy", PlanJson::group)),
                    atMost(fields.objects("aggregates", AggregateJson::read)));
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
        atMost(List.copyOf(parameters.keySet()));
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

    private static Json.Obj print(Plan.Group group) {
        return Json.object()
                .put("dimension", print(group.dimension()))
                .put("as", group.as().value())
                .build();
    }

    private static Plan.Group group(Fields fields) throws Malformed {
        return new Plan.Group(column(fields.object("dimension")), fields.text("as", ColumnName::parse));
    }

    private static <T> List<T> atMost(List<T> items) throws Malformed {
        if (items.size() > MAX_ITEMS) {
            throw new Malformed("a plan has at most " + MAX_ITEMS + " conditions, groups, aggregates and parameters");
        }
        return items;
    }
}
