package dev.parley.policy.plan;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.room.DatasetId;

/** A column of a dataset. */
public record ColumnRef(DatasetId dataset, ColumnName column) {
    public ColumnRef {
        requireNonNull(dataset);
        requireNonNull(column);
    }

    @Override
    public String toString() {
        return dataset + "." + column;
    }
}
