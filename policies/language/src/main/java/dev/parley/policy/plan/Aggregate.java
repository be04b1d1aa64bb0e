package dev.parley.policy.plan;

import static java.util.Objects.requireNonNull;

/** One figure per group. {@code as} names it in the result. */
public sealed interface Aggregate {
    ColumnName as();

    /** Number of joined rows, after contribution bounds. */
    record CountRows(ColumnName as) implements Aggregate {
        public CountRows {
            requireNonNull(as);
        }
    }

    /** Number of distinct people: of values of the join identity. */
    record CountPeople(ColumnName as) implements Aggregate {
        public CountPeople {
            requireNonNull(as);
        }
    }

    /** Sum of a measure, each value clamped to the column's declared bounds; a null counts nothing. */
    record Sum(ColumnRef measure, ColumnName as) implements Aggregate {
        public Sum {
            requireNonNull(measure);
            requireNonNull(as);
        }
    }

    /** Mean of a measure over its non-null values: the clamped sum over the count of non-null values, both noised. */
    record Mean(ColumnRef measure, ColumnName as) implements Aggregate {
        public Mean {
            requireNonNull(measure);
            requireNonNull(as);
        }
    }
}
