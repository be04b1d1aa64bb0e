package dev.parley.protocol.sealing.column;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.sealing.Schema;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Gives equal texts of a block one code; looks them up as bytes, so nothing is allocated for a text seen before. */
final class TextDictionary {
    private static final int SLOTS = 2 * Block.MAX_ROWS;

    /** Codes plus one; 0 is a free slot. */
    private final int[] slots = new int[SLOTS];

    private final int[] offsets = new int[Block.MAX_ROWS + 1];
    private byte[] bytes = new byte[4096];
    private int entries;

    short code(byte[] utf8, int offset, int length) throws Malformed {
        var slot = hash(utf8, offset, length) & (SLOTS - 1);
        while (slots[slot] != 0) {
            var code = slots[slot] - 1;
            if (Arrays.equals(bytes, offsets[code], offsets[code + 1], utf8, offset, offset + length)) {
                return (short) code;
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
        slots[slot] = add(utf8, offset, length) + 1;
        return (short) (slots[slot] - 1);
    }

    int entries() {
        return entries;
    }

    int length() {
        return offsets[entries];
    }

    void write(ByteBuffer target) {
        target.putInt(entries).putInt(length());
        for (var i = 0; i <= entries; i++) {
            target.putInt(offsets[i]);
        }
        target.put(bytes, 0, length());
    }

    void clear() {
        Arrays.fill(slots, 0);
        entries = 0;
    }

    private int add(byte[] utf8, int offset, int length) throws Malformed {
        if (length > Schema.MAX_TEXT_BYTES) {
            throw new Malformed("a text is longer than " + Schema.MAX_TEXT_BYTES + " bytes");
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8, offset, length));
        } catch (CharacterCodingException e) {
            throw new Malformed("a text is not UTF-8");
        }
        var end = length() + length;
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end, bytes.length * 2));
        }
        System.arraycopy(utf8, offset, bytes, length(), length);
        offsets[entries + 1] = end;
        return entries++;
    }

    private static int hash(byte[] utf8, int offset, int length) {
        var hash = length;
        for (var i = offset; i < offset + length; i++) {
            hash = 31 * hash + utf8[i];
        }
        return hash ^ hash >>> 15;
    }
}
