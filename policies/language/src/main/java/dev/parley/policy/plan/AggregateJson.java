package dev.parley.policy.plan;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;

/** Aggregates as tagged objects. */
final class AggregateJson {
    private AggregateJson() {}

    static Json.Obj print(Aggregate aggregate) {
        return switch (aggregate) {
            case Aggregate.CountRows(var as) -> tagged("count-rows", as).build();
            case Aggregate.CountPeople(var as) -> tagged("count-people", as).build();
            case Aggregate.Sum(var measure, var as) ->
                tagged("sum", as).put("measure", PlanJson.print(measure)).build();
            case Aggregate.Mean(var measure, var as) ->
                tagged("mean", as).put("measure", PlanJson.print(measure)).build();
        };
    }

    static Aggregate read(Fields fields) throws Malformed {
        var as = fields.text("as", ColumnName::parse);
        return switch (fields.string("type")) {
            case "count-rows" -> new Aggregate.CountRows(as);
            case "count-people" -> new Aggregate.CountPeople(as);
            case "sum" -> new Aggregate.Sum(PlanJson.column(fields.object("measure")), as);
            case "mean" -> new Aggregate.Mean(PlanJson.column(fields.object("measure")), as);
            default -> throw new Malformed("unknown type of aggregate: " + fields.path());
        };
    }

    private static Json.Builder tagged(String type, ColumnName as) {
        return Json.object().put("type", type).put("as", as.value());
    }
}
