package dev.parley.enclave.privacy;

import static java.util.Objects.requireNonNull;

import dev.parley.policy.plan.ColumnName;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.json.Json;
import java.math.BigInteger;
import java.util.List;

/**
 * A result before noise and suppression: never leaves the enclave. Contribution bounds are applied already.
 *
 * @param declared whether the groups are all those of the declared domain, or only those that were found
 * @param dimensions names of the group's columns
 * @param figures what each value of a group is
 * @param groups in an order that their keys fix
 */
public record ExactResult(boolean declared, List<ColumnName> dimensions, List<Figure> figures, List<Group> groups) {
    public ExactResult {
        dimensions = List.copyOf(dimensions);
        figures = List.copyOf(figures);
        groups = List.copyOf(groups);
        for (var group : groups) {
            if (group.key().size() != dimensions.size() || group.values().size() != figures.size()) {
                throw new IllegalArgumentException("a group has one key part per dimension and one value per figure");
            }
        }
    }

    /**
     * One group.
     *
     * @param people distinct people per dataset of the plan, in the plan's order
     */
    public record Group(List<String> key, List<Long> people, List<Value> values) {
        public Group {
            key = List.copyOf(key);
            people = List.copyOf(people);
            values = List.copyOf(values);
        }
    }

    /**
     * One figure of one group.
     *
     * @param total the count, or the sum in units of the figure's scale
     * @param count how many values went into it
     * @param people distinct people behind it per dataset: for a measure, those with a value
     */
    public record Value(BigInteger total, long count, List<Long> people) {
        public Value {
            requireNonNull(total);
            people = List.copyOf(people);
        }
    }

    /** Keys the noise. Covers every value, so that different data never share noise. */
    Sha384Digest digest() {
        return Sha384Digest.of(Json.object()
                .put("parley", "exact-result/1")
                .put("declared", declared)
                .put("dimensions", Json.array(dimensions, name -> Json.of(name.value())))
                .put("figures", Json.array(figures, figure -> Json.of(figure.toString())))
                .put("groups", Json.array(groups, ExactResult::json))
                .build());
    }

    private static Json json(Group group) {
        return Json.object()
                .put("key", Json.strings(group.key))
                .put("people", counts(group.people))
                .put("values", Json.array(group.values, ExactResult::json))
                .build();
    }

    private static Json json(Value value) {
        return Json.object()
                .put("total", value.total.toString())
                .put("count", Long.toString(value.count))
                .put("people", counts(value.people))
                .build();
    }

    private static Json counts(List<Long> counts) {
        return Json.array(counts, count -> Json.of(Long.toString(count)));
    }
}
