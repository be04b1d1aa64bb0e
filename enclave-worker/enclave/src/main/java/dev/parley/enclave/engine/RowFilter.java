package dev.parley.enclave.engine;

import java.util.function.IntPredicate;

/** A condition of the plan on one column. A null never matches. */
@FunctionalInterface
interface RowFilter {
    /** The condition on the rows of one block's column. */
    IntPredicate on(ColumnBlock column);
}
