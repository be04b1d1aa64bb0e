package dev.parley.protocol.sealing.column;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.sealing.Schema;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The decoded dictionary of one text column in one block. */
final class TextEntries {
    private final String[] texts;

    private TextEntries(String[] texts) {
        this.texts = texts;
    }

    static TextEntries read(Section section, int rows) throws Malformed {
        var size = section.count(rows);
        var length = section.count(Block.MAX_DICTIONARY_BYTES);
        var offsets = section.take((size + 1) * Integer.BYTES);
        var utf8 = section.take(length);
        section.align();
        if (offsets.getInt(0) != 0 || offsets.getInt(size * Integer.BYTES) != length) {
            throw new Malformed("a dictionary does not span its bytes");
        }
        var texts = new String[size];
        for (var i = 0; i < size; i++) {
            var start = offsets.getInt(i * Integer.BYTES);
            texts[i] = text(utf8, start, offsets.getInt((i + 1) * Integer.BYTES));
        }
        return new TextEntries(texts);
    }

    private static String text(ByteBuffer utf8, int start, int end) throws Malformed {
        if (start < 0 || end < start || end > utf8.capacity() || end - start > Schema.MAX_TEXT_BYTES) {
            throw new Malformed("an entry of a dictionary is out of range");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(utf8.slice(start, end - start))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Malformed("an entry of a dictionary is not UTF-8");
        }
    }

    int size() {
        return texts.length;
    }

    String text(int code) {
        return texts[code];
    }
}
