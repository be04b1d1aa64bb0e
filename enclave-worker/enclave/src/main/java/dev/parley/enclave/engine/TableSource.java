package dev.parley.enclave.engine;

import dev.parley.policy.bundle.ColumnType;
import dev.parley.policy.plan.ColumnName;
import java.util.List;
import java.util.Map;

/** A dataset as the engine reads it: typed columns in blocks that several threads open at a time, in any order. */
public interface TableSource {
    /** The columns of the sealed file, as its schema says. */
    Map<ColumnName, ColumnType> columns();

    int blocks();

    /** How many rows there are, at least roughly: plans which side of a join is kept in memory. */
    long rows();

    /**
     * Opens one block. Called by several threads at once, and for a large dataset several times per block: it must be
     * the same each time.
     *
     * @param wanted columns of {@link #columns()}; others need not be decoded
     */
    TableBlock block(int index, List<ColumnName> wanted) throws UnreadableBlock;

    /**
     * Proves that all blocks are those that the owner signed. Called once, after the last block was read and before
     * anything computed from them leaves the engine.
     */
    void verify() throws UnreadableBlock;
}
