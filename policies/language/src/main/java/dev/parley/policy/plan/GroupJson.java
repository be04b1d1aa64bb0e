package dev.parley.policy.plan;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import java.util.Optional;

/** Groups and their buckets as objects. */
final class GroupJson {
    private GroupJson() {}

    static Json.Obj print(Group group) {
        return Json.object()
                .put("dimension", PlanJson.print(group.dimension()))
                .put("as", group.as().value())
                .put("buckets", group.buckets().<Json>map(GroupJson::print).orElseGet(Json.Null::new))
                .build();
    }

    static Group read(Fields fields) throws Malformed {
        var buckets = fields.optionalObject("buckets");
        var group = new Group(
                PlanJson.column(fields.object("dimension")),
                fields.text("as", ColumnName::parse),
                buckets.isPresent() ? Optional.of(buckets(buckets.get())) : Optional.empty());
        fields.end();
        return group;
    }

    private static Json.Obj print(Buckets buckets) {
        return Json.object()
                .put("cases", Json.array(buckets.cases(), GroupJson::print))
                .put("otherwise", buckets.otherwise().orElse(null))
                .build();
    }

    private static Json.Obj print(Buckets.Case bucket) {
        return Json.object()
                .put("label", bucket.label())
                .put("when", ConditionJson.print(bucket.when()))
                .build();
    }

    private static Buckets buckets(Fields fields) throws Malformed {
        var buckets =
                new Buckets(fields.objects("cases", GroupJson::bucket), fields.optionalText("otherwise", text -> text));
        fields.end();
        return buckets;
    }

    private static Buckets.Case bucket(Fields fields) throws Malformed {
        var bucket = new Buckets.Case(fields.string("label"), ConditionJson.read(fields.object("when")));
        fields.end();
        return bucket;
    }
}
