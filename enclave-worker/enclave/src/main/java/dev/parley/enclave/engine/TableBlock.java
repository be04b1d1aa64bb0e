package dev.parley.enclave.engine;

import java.util.List;

/** Some rows of a dataset, column by column in the order in which they were asked for. */
public record TableBlock(int rows, List<ColumnBlock> columns) {
    public TableBlock {
        columns = List.copyOf(columns);
        if (rows < 0 || columns.stream().anyMatch(column -> column.rows() != rows)) {
            throw new IllegalArgumentException("the columns of a block have its rows");
        }
    }
}
