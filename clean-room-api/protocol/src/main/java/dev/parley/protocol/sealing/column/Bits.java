package dev.parley.protocol.sealing.column;

import dev.parley.protocol.encoding.Malformed;
import java.nio.ByteBuffer;

/** One bit per row, in words of 64. */
final class Bits {
    private static final int WORD = Long.SIZE;
    private final ByteBuffer words;

    private Bits(ByteBuffer words) {
        this.words = words;
    }

    static int words(int rows) {
        return (rows + WORD - 1) / WORD;
    }

    /** Refuses bits behind the last row. */
    static Bits read(Section section, int rows) throws Malformed {
        var words = section.take(words(rows) * Long.BYTES);
        var used = rows % WORD;
        if (used != 0 && words.getLong(words.capacity() - Long.BYTES) >>> used != 0) {
            throw new Malformed("a bitmap has bits behind the last row");
        }
        return new Bits(words);
    }

    boolean get(int row) {
        return (words.getLong(row / WORD * Long.BYTES) >>> (row % WORD) & 1) == 1;
    }

    int count() {
        var count = 0;
        for (var at = 0; at < words.capacity(); at += Long.BYTES) {
            count += Long.bitCount(words.getLong(at));
        }
        return count;
    }
}
