package dev.parley.cli.seal;

import dev.parley.protocol.sealing.column.Row;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** {@code true} and {@code false}, in lower or upper case. */
enum TruthCell implements Cell {
    WORDS;

    private static final byte[][] TRUE = {ascii("true"), ascii("TRUE")};
    private static final byte[][] FALSE = {ascii("false"), ascii("FALSE")};

    @Override
    public void put(Row row, int column, byte[] utf8, int from, int to) throws Unfit {
        if (isOneOf(TRUE, utf8, from, to)) {
            row.truth(column, true);
        } else if (isOneOf(FALSE, utf8, from, to)) {
            row.truth(column, false);
        } else {
            throw new Unfit(SealCode.CELL_NOT_TRUTH);
        }
    }

    private static boolean isOneOf(byte[][] words, byte[] utf8, int from, int to) {
        return Arrays.stream(words).anyMatch(word -> Arrays.equals(word, 0, word.length, utf8, from, to));
    }

    private static byte[] ascii(String word) {
        return word.getBytes(StandardCharsets.US_ASCII);
    }
}
