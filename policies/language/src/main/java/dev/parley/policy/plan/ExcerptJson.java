package dev.parley.policy.plan;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import java.util.Optional;

/** The members {@code having}, {@code order} and {@code limit} of a plan. */
final class ExcerptJson {
    private ExcerptJson() {}

    static Json.Obj print(CellCondition condition) {
        return Json.object()
                .put("cell", condition.cell().value())
                .put("operator", ConditionJson.text(condition.operator()))
                .put("value", LiteralJson.print(condition.value()))
                .build();
    }

    static Json.Obj print(Excerpt.Order order) {
        return Json.object()
                .put("by", order.by().value())
                .put("descending", order.descending())
                .build();
    }

    static Json limit(Excerpt excerpt) {
        return excerpt.limit().<Json>map(Json::of).orElseGet(Json.Null::new);
    }

    static Excerpt read(Fields plan) throws Malformed {
        return new Excerpt(
                plan.objects("having", ExcerptJson::condition),
                plan.objects("order", ExcerptJson::order),
                plan.value("limit") instanceof Json.Null
                        ? Optional.empty()
                        : Optional.of(Math.toIntExact(plan.integer("limit", 1, Excerpt.MAX_LIMIT))));
    }

    private static CellCondition condition(Fields fields) throws Malformed {
        var condition = new CellCondition(
                fields.text("cell", ColumnName::parse),
                fields.text("operator", ConditionJson::operator),
                LiteralJson.read(fields.object("value")));
        fields.end();
        return condition;
    }

    private static Excerpt.Order order(Fields fields) throws Malformed {
        var order = new Excerpt.Order(fields.text("by", ColumnName::parse), fields.bool("descending"));
        fields.end();
        return order;
    }
}
