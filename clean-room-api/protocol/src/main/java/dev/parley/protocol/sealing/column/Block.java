package dev.parley.protocol.sealing.column;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.sealing.Schema;
import java.nio.ByteBuffer;

/** Some consecutive rows of a dataset, column by column. Reads its buffer in place and only the columns that are asked for. */
public final class Block {
    public static final int MAX_ROWS = 16_384;
    /** With all its columns. */
    public static final int MAX_SIZE = 16 << 20;
    /** Of one text column; the writer keeps all of a block together below it. */
    public static final int MAX_DICTIONARY_BYTES = 2 << 20;

    private final Schema schema;
    private final int rows;
    private final ByteBuffer[] sections;

    private Block(Schema schema, int rows, ByteBuffer[] sections) {
        this.schema = schema;
        this.rows = rows;
        this.sections = sections;
    }

    /** Reads a block that fills {@code bytes}, which must not change while the block is in use. */
    public static Block parse(ByteBuffer bytes, Schema schema) throws Malformed {
        var head = new Section(bytes);
        var rows = head.count(MAX_ROWS);
        var columns = head.count(Schema.MAX_COLUMNS);
        if (rows == 0 || columns != schema.columns().size()) {
            throw new Malformed("a block has no rows or other columns than its schema");
        }
        var lengths = new int[columns];
        for (var i = 0; i < columns; i++) {
            lengths[i] = head.count(MAX_SIZE);
        }
        head.align();
        var sections = new ByteBuffer[columns];
        for (var i = 0; i < columns; i++) {
            if (lengths[i] % Long.BYTES != 0) {
                throw new Malformed("a section of a block is not a multiple of 8");
            }
            sections[i] = head.take(lengths[i]);
        }
        head.end();
        return new Block(schema, rows, sections);
    }

    public int rows() {
        return rows;
    }

    /** The values of the column at this position of the schema, checked now. */
    public ColumnView column(int position) throws Malformed {
        return ColumnView.read(
                sections[position], schema.columns().get(position).type(), rows);
    }
}
