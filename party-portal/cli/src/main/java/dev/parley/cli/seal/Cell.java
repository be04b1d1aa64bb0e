package dev.parley.cli.seal;

import dev.parley.protocol.sealing.column.Row;

/** How the cells of one column become values of the sealed dataset. Keeps scratch space, so one thread uses it. */
interface Cell {
    /** Sets the value of a cell that is not empty. */
    void put(Row row, int column, byte[] utf8, int from, int to) throws Unfit;
}
