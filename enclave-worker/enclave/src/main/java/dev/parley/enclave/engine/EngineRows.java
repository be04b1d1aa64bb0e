package dev.parley.enclave.engine;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Rows for the engine: columns of 64-bit integers. */
final class EngineRows {
    private final int rows;
    private final long[][] columns;
    private final @Nullable BitSet[] nulls;

    EngineRows(int rows, int width) {
        this.rows = rows;
        columns = new long[width][rows];
        nulls = new @Nullable BitSet[width];
    }

    int rows() {
        return rows;
    }

    int width() {
        return columns.length;
    }

    /** To be filled in place. */
    long[] column(int column) {
        return columns[column];
    }

    void setNull(int column, int row) {
        var bits = nulls[column];
        if (bits == null) {
            bits = new BitSet(rows);
            nulls[column] = bits;
        }
        bits.set(row);
    }

    boolean isNull(int column, int row) {
        var bits = nulls[column];
        return bits != null && bits.get(row);
    }

    boolean hasNulls(int column) {
        return nulls[column] != null;
    }
}
