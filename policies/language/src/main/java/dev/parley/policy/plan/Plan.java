package dev.parley.policy.plan;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.room.DatasetId;
import java.util.List;
import java.util.Optional;

/**
 * A query: one or two datasets, joined on one equality of identities, filtered, grouped, aggregated. The people of the
 * result are the values of the join identity, or of {@code left} where nothing is joined.
 *
 * @param left the identity column whose dataset is scanned first
 * @param join the equi-join, if there is a second dataset
 * @param where conditions that all must hold
 * @param groupBy dimensions of the group, in output order; empty for one total
 * @param aggregates the figures, in output order; at least one
 */
public record Plan(
        ColumnRef left, Optional<Join> join, List<Condition> where, List<Group> groupBy, List<Aggregate> aggregates) {

    public Plan {
        requireNonNull(left);
        requireNonNull(join);
        where = List.copyOf(where);
        groupBy = List.copyOf(groupBy);
        aggregates = List.copyOf(aggregates);
        if (aggregates.isEmpty()) {
            throw new IllegalArgumentException("a plan needs an aggregate");
        }
    }

    /** An inner or left equi-join of the plan's left identity with {@code right}, an identity of another dataset. */
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

    /** A dimension and the name it has in the result. */
    public record Group(ColumnRef dimension, ColumnName as) {
        public Group {
            requireNonNull(dimension);
            requireNonNull(as);
        }
    }

    /** The datasets whose data the plan reads, left first. */
    public List<DatasetId> datasets() {
        return join.map(j -> List.of(left.dataset(), j.right().dataset())).orElseGet(() -> List.of(left.dataset()));
    }
}
