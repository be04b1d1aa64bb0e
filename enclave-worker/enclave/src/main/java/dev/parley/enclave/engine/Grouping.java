package dev.parley.enclave.engine;

import dev.parley.policy.bundle.Column;
import dev.parley.policy.bundle.ColumnType;
import dev.parley.policy.bundle.Domain;
import dev.parley.policy.plan.ColumnName;
import dev.parley.policy.plan.ColumnRef;
import dev.parley.policy.plan.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The groups of a plan as one number per group: the codes of the dimensions as digits of mixed radix, the last dimension
 * counting fastest. Each dataset gives the sum of its own digits, and the joins add them.
 */
record Grouping(List<Dimension> dimensions) {
    /** Most groups of a result: more is not a table that anyone reads. */
    static final int MOST_GROUPS = 100_000;

    Grouping {
        dimensions = List.copyOf(dimensions);
    }

    /**
     * A dimension of the groups.
     *
     * @param domain the declared values, or the labels of buckets
     * @param weight what one step of its code adds to the number of the group
     */
    record Dimension(ColumnRef column, ColumnName as, Optional<Domain> domain, long weight) {
        private GroupCodes newCodes() {
            return domain.<GroupCodes>map(GroupCodes.Declared::new).orElseGet(GroupCodes.Found::new);
        }

        private int size() {
            return domain.map(d -> d.values().size()).orElse(GroupCodes.Found.MOST);
        }
    }

    static Grouping of(PlanColumns columns, boolean noise) throws EngineFailure {
        var dimensions = new ArrayList<Dimension>();
        long weight = 1;
        for (var group : columns.plan().groupBy().reversed()) {
            var dimension = new Dimension(group.dimension(), group.as(), domain(columns, group), weight);
            if (noise && dimension.domain().isEmpty()) {
                throw new EngineFailure(EngineFailure.Code.PLAN_UNSUPPORTED);
            }
            weight = times(weight, dimension.size());
            dimensions.addFirst(dimension);
        }
        var grouping = new Grouping(dimensions);
        if (grouping.isDeclared() && weight > MOST_GROUPS) {
            throw new EngineFailure(EngineFailure.Code.TOO_MANY_GROUPS);
        }
        return grouping;
    }

    private static Optional<Domain> domain(PlanColumns columns, Group group) throws EngineFailure {
        Column column = columns.column(group.dimension());
        if (group.buckets().isEmpty()) {
            if (!(column.type() instanceof ColumnType.Text)) {
                throw new EngineFailure(EngineFailure.Code.PLAN_UNSUPPORTED);
            }
            return column.domain();
        }
        try {
            return Optional.of(new Domain(group.buckets().get().labels()));
        } catch (IllegalArgumentException e) {
            throw new EngineFailure(EngineFailure.Code.PLAN_UNSUPPORTED);
        }
    }

    private static long times(long a, long b) throws EngineFailure {
        if (Math.multiplyHigh(a, b) != 0 || a * b < 0) {
            throw new EngineFailure(EngineFailure.Code.TOO_MANY_GROUPS);
        }
        return a * b;
    }

    /** Whether all groups are known without data. */
    boolean isDeclared() {
        return dimensions.stream().allMatch(dimension -> dimension.domain.isPresent());
    }

    /** How many groups a declared domain has: one, where nothing is grouped. */
    int size() {
        return dimensions.isEmpty()
                ? 1
                : Math.toIntExact(
                        dimensions.getFirst().weight * dimensions.getFirst().size());
    }

    List<GroupCodes> newCodes() {
        return dimensions.stream().map(Dimension::newCodes).toList();
    }
}
