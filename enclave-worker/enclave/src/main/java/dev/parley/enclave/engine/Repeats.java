package dev.parley.enclave.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/**
 * Who has more than one row in a dataset. A table of bits: people who share a bit count as repeated too, so that everybody
 * else certainly has one row at most in each dataset. Being thought repeated changes how a person is computed, not what.
 */
final class Repeats {
    private static final VarHandle WORDS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int LEAST_BITS = 16;
    private static final int MOST_BITS = 28;
    /** One person in sixteen bits: few share one. */
    private static final int BITS_PER_ROW = 16;

    private final int datasets;
    private final long[] seen;
    private final long[] repeated;
    private final long mask;
    private final LongAdder again = new LongAdder();

    /** For so many datasets, the largest of about so many rows. */
    Repeats(int datasets, long rows) {
        int bits = Math.clamp(Long.SIZE - Long.numberOfLeadingZeros(rows * BITS_PER_ROW), LEAST_BITS, MOST_BITS);
        mask = (1L << bits) - 1;
        this.datasets = datasets;
        seen = new long[1 << (bits - 6)];
        repeated = new long[1 << (bits - 6)];
    }

    /** Begins with the next dataset, once all rows of the last are noted. */
    void next() {
        Arrays.fill(seen, 0);
    }

    /** Notes a row of the dataset; called by several threads. */
    void note(long third) {
        if (set(seen, third)) {
            set(repeated, third);
            again.increment();
        }
    }

    boolean contains(long third) {
        long slot = third & mask;
        return (repeated[(int) (slot >>> 6)] >>> slot & 1) == 1;
    }

    /** At least as many as there are rows of repeated people: each that was met again has a first one, in each dataset. */
    long mostRows() {
        return 2 * again.sum() + again.sum() * (datasets - 1);
    }

    PeopleChoice people() {
        return (third, fourth) -> contains(third);
    }

    PeopleChoice others() {
        return (third, fourth) -> !contains(third);
    }

    /** Whether the bit was set before. */
    private boolean set(long[] words, long third) {
        long slot = third & mask;
        long bit = 1L << slot;
        return ((long) WORDS.getAndBitwiseOr(words, (int) (slot >>> 6), bit) & bit) != 0;
    }
}
