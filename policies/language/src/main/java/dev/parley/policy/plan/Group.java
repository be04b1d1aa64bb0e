package dev.parley.policy.plan;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A dimension and the name it has in the result.
 *
 * @param buckets which values are one group; empty where each value is a group of its own
 */
public record Group(ColumnRef dimension, ColumnName as, Optional<Buckets> buckets) {
    public Group {
        requireNonNull(dimension);
        requireNonNull(as);
        requireNonNull(buckets);
    }

    /** Each value is a group. */
    public Group(ColumnRef dimension, ColumnName as) {
        this(dimension, as, Optional.empty());
    }
}
