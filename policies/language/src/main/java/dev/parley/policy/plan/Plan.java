package dev.parley.policy.plan;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.room.DatasetId;
import java.util.List;
import java.util.stream.Stream;

/**
 * A query: datasets that join on the identity of the first, filtered, grouped, aggregated. The people of the result are
 * the values of {@code from}.
 *
 * @param from the identity column whose dataset comes first
 * @param joins the other datasets, from left to right
 * @param where conditions that all must hold
 * @param groupBy dimensions of the group, in output order; empty for one total
 * @param aggregates the figures, in output order; at least one
 * @param excerpt what of the released result is shown
 */
public record Plan(
        ColumnRef from,
        List<Join> joins,
        List<Condition> where,
        List<Group> groupBy,
        List<Aggregate> aggregates,
        Excerpt excerpt) {
    public static final int MAX_JOINS = 7;
    public static final int MAX_CONDITIONS = 64;
    public static final int MAX_GROUPS = 16;
    public static final int MAX_AGGREGATES = 64;
    public static final int MAX_TESTS = 1_024;

    public Plan {
        requireNonNull(from);
        requireNonNull(excerpt);
        joins = List.copyOf(joins);
        where = List.copyOf(where);
        groupBy = List.copyOf(groupBy);
        aggregates = List.copyOf(aggregates);
        requireAtMost(MAX_JOINS, joins, "joins");
        requireAtMost(MAX_CONDITIONS, where, "conditions");
        requireAtMost(MAX_GROUPS, groupBy, "groups");
        requireAtMost(MAX_AGGREGATES, aggregates, "aggregates");
        if (aggregates.isEmpty()) {
            throw new IllegalArgumentException("a plan needs an aggregate");
        }
        // Conditions that all must hold are listed one by one: so a plan has one form.
        if (where.stream().anyMatch(Condition.AllOf.class::isInstance)) {
            throw new IllegalArgumentException("conditions that all must hold stand in where one by one");
        }
        if (conditions(where, groupBy)
                        .mapToInt(condition -> condition.tests().size())
                        .sum()
                > MAX_TESTS) {
            throw new IllegalArgumentException("a plan has at most " + MAX_TESTS + " tests");
        }
    }

    /** The whole result is shown. */
    public Plan(
            ColumnRef from, List<Join> joins, List<Condition> where, List<Group> groupBy, List<Aggregate> aggregates) {
        this(from, joins, where, groupBy, aggregates, Excerpt.WHOLE);
    }

    /** An inner or left join of the plan's {@code from} with {@code right}, an identity of another dataset. */
    public record Join(Kind kind, ColumnRef right) {
        public Join {
            requireNonNull(kind);
            requireNonNull(right);
        }

        public enum Kind {
            INNER,
            LEFT
        }
    }

    /** The datasets whose data the plan reads, that of {@code from} first. */
    public List<DatasetId> datasets() {
        return Stream.concat(Stream.of(from), joins.stream().map(Join::right))
                .map(ColumnRef::dataset)
                .toList();
    }

    /** Every constant and parameter of the plan, in the order in which it is written. */
    public List<Literal> literals() {
        return Stream.concat(
                        conditions(where, groupBy)
                                .flatMap(condition -> condition.tests().stream())
                                .flatMap(test -> test.literals().stream()),
                        excerpt.having().stream().map(CellCondition::value))
                .toList();
    }

    private static Stream<Condition> conditions(List<Condition> where, List<Group> groupBy) {
        return Stream.concat(
                where.stream(),
                groupBy.stream()
                        .flatMap(group -> group.buckets().stream())
                        .flatMap(buckets -> buckets.cases().stream())
                        .map(Buckets.Case::when));
    }

    private static void requireAtMost(int most, List<?> items, String what) {
        if (items.size() > most) {
            throw new IllegalArgumentException("a plan has at most " + most + " " + what);
        }
    }
}
