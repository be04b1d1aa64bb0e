package dev.parley.enclave.engine;

import static java.util.Objects.requireNonNull;

import java.util.BitSet;
import java.util.List;

/**
 * The values of one column in one block. The arrays are the caller's no longer: they are read in place, since a copy of
 * every block would be felt. Where a row is null, what the arrays hold means nothing.
 */
public sealed interface ColumnBlock {
    int rows();

    boolean isNull(int row);

    /** SHA-256 digests as four words each, word by word. */
    final class Identities implements ColumnBlock {
        private final long[][] words;
        private final BitSet nulls;

        public Identities(long[] first, long[] second, long[] third, long[] fourth, BitSet nulls) {
            words = new long[][] {first, second, third, fourth};
            this.nulls = requireNonNull(nulls);
            for (var word : words) {
                requireRows(word.length, first.length);
            }
        }

        long word(int row, int index) {
            return words[index][row];
        }

        @Override
        public int rows() {
            return words[0].length;
        }

        @Override
        public boolean isNull(int row) {
            return nulls.get(row);
        }
    }

    /** Whole numbers, decimals as counts of their last digit, dates as days, timestamps as microseconds, truth as 0 or 1. */
    final class Numbers implements ColumnBlock {
        private final long[] values;
        private final BitSet nulls;

        public Numbers(long[] values, BitSet nulls) {
            this.values = requireNonNull(values);
            this.nulls = requireNonNull(nulls);
        }

        long value(int row) {
            return values[row];
        }

        @Override
        public int rows() {
            return values.length;
        }

        @Override
        public boolean isNull(int row) {
            return nulls.get(row);
        }
    }

    /** Text as positions in a dictionary. */
    final class Texts implements ColumnBlock {
        private final int[] codes;
        private final List<String> dictionary;
        private final BitSet nulls;

        /** Every code of a row that is not null must be a position in the dictionary. */
        public Texts(int[] codes, List<String> dictionary, BitSet nulls) {
            this.codes = requireNonNull(codes);
            this.dictionary = List.copyOf(dictionary);
            this.nulls = requireNonNull(nulls);
        }

        int code(int row) {
            return codes[row];
        }

        List<String> dictionary() {
            return dictionary;
        }

        @Override
        public int rows() {
            return codes.length;
        }

        @Override
        public boolean isNull(int row) {
            return nulls.get(row);
        }
    }

    private static void requireRows(int rows, int expected) {
        if (rows != expected) {
            throw new IllegalArgumentException("the words of identities have one length");
        }
    }
}
