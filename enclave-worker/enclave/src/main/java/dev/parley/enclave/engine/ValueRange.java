package dev.parley.enclave.engine;

import java.math.BigInteger;
import java.util.function.LongPredicate;

/** The 64-bit integers from {@code low} to {@code high}, both included; none where low is above high. */
record ValueRange(long low, long high) {
    static final ValueRange ALL = new ValueRange(Long.MIN_VALUE, Long.MAX_VALUE);
    private static final ValueRange NONE = new ValueRange(1, 0);
    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    /** The 64-bit integers among those from {@code low} to {@code high}. */
    static ValueRange of(BigInteger low, BigInteger high) {
        if (low.compareTo(high) > 0 || low.compareTo(MOST) > 0 || high.compareTo(LEAST) < 0) {
            return NONE;
        }
        return new ValueRange(low.max(LEAST).longValue(), high.min(MOST).longValue());
    }

    static ValueRange below(BigInteger limit) {
        return of(LEAST, limit.subtract(BigInteger.ONE));
    }

    static ValueRange above(BigInteger limit) {
        return of(limit.add(BigInteger.ONE), MOST);
    }

    static ValueRange none() {
        return NONE;
    }

    boolean contains(long value) {
        return value >= low && value <= high;
    }

    LongPredicate negate() {
        return value -> !contains(value);
    }

    long clamp(long value) {
        return Math.clamp(value, low, high);
    }
}
