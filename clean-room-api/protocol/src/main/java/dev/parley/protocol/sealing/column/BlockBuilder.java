package dev.parley.protocol.sealing.column;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.sealing.Schema;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Collects rows and encodes them as a {@link Block}. Not thread-safe. */
public final class BlockBuilder implements Row {
    private final List<ColumnBuffer> columns = new ArrayList<>();
    private final List<ColumnBuffer.Texts> texts = new ArrayList<>();
    private ByteBuffer encoded = ByteBuffer.allocateDirect(0);
    private int rows;

    public BlockBuilder(Schema schema) {
        for (var column : schema.columns()) {
            var buffer = ColumnBuffer.of(column.type());
            columns.add(buffer);
            if (buffer instanceof ColumnBuffer.Texts text) {
                texts.add(text);
            }
        }
    }

    /** Ends the row; what was not set in it is null. */
    public void endRow() {
        if (rows == Block.MAX_ROWS || dictionaryBytes() > Block.MAX_DICTIONARY_BYTES) {
            throw new IllegalStateException("the block was full before this row");
        }
        for (var column : columns) {
            column.endRow(rows);
        }
        rows++;
    }

    public int rows() {
        return rows;
    }

    /** Whether a further row might not fit. */
    public boolean isFull() {
        if (rows == Block.MAX_ROWS) {
            return true;
        }
        var reserve = texts.size() * Schema.MAX_TEXT_BYTES;
        return dictionaryBytes() > Block.MAX_DICTIONARY_BYTES - reserve;
    }

    private int dictionaryBytes() {
        var bytes = 0;
        for (var text : texts) {
            bytes += text.dictionaryBytes();
        }
        return bytes;
    }

    /** The block so far, in a buffer that the next call uses again; then starts a new block. */
    public ByteBuffer encode() {
        if (rows == 0) {
            throw new IllegalStateException("a block has at least one row");
        }
        var head = ColumnBuffer.align((2 + columns.size()) * Integer.BYTES);
        var size = head;
        for (var column : columns) {
            size += column.size(rows);
        }
        if (encoded.capacity() < size) {
            encoded = ByteBuffer.allocateDirect(size).order(ByteOrder.LITTLE_ENDIAN);
        }
        encoded.clear().putInt(rows).putInt(columns.size());
        for (var column : columns) {
            encoded.putInt(column.size(rows));
        }
        while (encoded.position() < head) {
            encoded.put((byte) 0);
        }
        for (var column : columns) {
            column.write(encoded, rows);
            column.clear();
        }
        rows = 0;
        return encoded.flip();
    }

    @Override
    public Row identity(int column, byte[] digest, int offset) {
        buffer(column, ColumnBuffer.Identities.class).set(rows, digest, offset);
        return this;
    }

    @Override
    public Row number(int column, long value) {
        buffer(column, ColumnBuffer.Numbers.class).set(rows, value);
        return this;
    }

    @Override
    public Row date(int column, int epochDay) {
        buffer(column, ColumnBuffer.Dates.class).set(rows, epochDay);
        return this;
    }

    @Override
    public Row truth(int column, boolean value) {
        buffer(column, ColumnBuffer.Truths.class).set(rows, value);
        return this;
    }

    @Override
    public Row text(int column, byte[] utf8, int offset, int length) throws Malformed {
        buffer(column, ColumnBuffer.Texts.class).set(rows, utf8, offset, length);
        return this;
    }

    @Override
    public Row text(int column, String text) throws Malformed {
        var utf8 = utf8(text);
        return text(column, utf8, 0, utf8.length);
    }

    private <T extends ColumnBuffer> T buffer(int column, Class<T> kind) {
        var buffer = columns.get(column);
        if (!kind.isInstance(buffer)) {
            throw new IllegalArgumentException("column " + column + " is of another type");
        }
        return kind.cast(buffer);
    }

    private static byte[] utf8(String text) throws Malformed {
        for (var i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return strictUtf8(text);
            }
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Plain encoding would replace half a surrogate pair by a question mark. */
    private static byte[] strictUtf8(String text) throws Malformed {
        try {
            var encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            var bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw new Malformed("a text is not UTF-8");
        }
    }
}
