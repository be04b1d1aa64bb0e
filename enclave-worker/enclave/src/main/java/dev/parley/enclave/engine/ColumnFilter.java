package dev.parley.enclave.engine;

import java.util.function.IntPredicate;

/** A test of the plan on one column. A null never meets it. */
@FunctionalInterface
interface ColumnFilter {
    /** The test on the rows of one block's column. */
    IntPredicate on(ColumnBlock column);
}
