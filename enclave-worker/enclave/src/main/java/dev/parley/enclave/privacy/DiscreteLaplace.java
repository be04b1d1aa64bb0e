package dev.parley.enclave.privacy;

import java.math.BigInteger;
import java.util.function.LongSupplier;

/**
 * Discrete Laplace noise with a rational scale {@code b}, in integers only and with the same work for every draw.
 *
 * <p>A geometric variable with {@code P(G = k) = (1 - r) r^k}, {@code r = exp(-1/b)}, has independent binary digits: digit
 * {@code i} is one with probability {@code r^(2^i) / (1 + r^(2^i))}. The difference of two such variables is discrete
 * Laplace: {@code P(X = x) = (1 - r) / (1 + r) · r^|x|}. So a draw is {@code 2n} comparisons of 128 random bits with fixed
 * thresholds, without a branch or a loop that depends on the outcome (Jin et al., "Are we there yet?", time the usual
 * samplers).
 *
 * <p>Two things are not exact: a threshold is rounded down to 128 bits, and digits from {@code n} on are left out, with
 * {@code r^(2^n) < 2^-128}. A draw is thus within {@code (2n + 2) · 2^-128 < 2^-120} of the exact distribution in total
 * variation. A result of at most 2^24 cells with ε ≤ 20 is (ε, δ)-private with δ below
 * {@code 2^24 · 2^-120 · (1 + e^20) < 2^-64}.
 */
public final class DiscreteLaplace {
    /** Above this a draw would not fit a long; a scale near 2^55. */
    private static final int MOST_DIGITS = 62;

    /** {@code exp(-89) < 2^-128}. */
    private static final BigInteger TAIL = BigInteger.valueOf(89);

    private final NoiseScale scale;
    private final ExponentialPowers powers;
    private final long[] thresholdsHigh;
    private final long[] thresholdsLow;

    private DiscreteLaplace(NoiseScale scale, int digits) {
        this.scale = scale;
        powers = ExponentialPowers.of(scale, digits);
        thresholdsHigh = new long[digits];
        thresholdsLow = new long[digits];
        for (int i = 0; i < digits; i++) {
            var power = powers.get(i);
            var threshold = power.shiftLeft(128).divide(ExponentialPowers.ONE.add(power));
            thresholdsHigh[i] = threshold.shiftRight(64).longValue();
            thresholdsLow[i] = threshold.longValue();
        }
    }

    /** Refuses, as a bug, a scale that {@link #supports} does not allow. */
    public static DiscreteLaplace of(NoiseScale scale) {
        if (!supports(scale)) {
            throw new IllegalArgumentException("noise scale beyond what a long can hold");
        }
        return new DiscreteLaplace(scale, digits(scale));
    }

    /** Whether every draw of this scale fits 62 bits. */
    public static boolean supports(NoiseScale scale) {
        return digits(scale) <= MOST_DIGITS;
    }

    /** The least n with {@code 2^n / b >= 89}. */
    private static int digits(NoiseScale scale) {
        var least = TAIL.multiply(scale.numerator()).add(scale.denominator()).subtract(BigInteger.ONE);
        return Math.max(
                1, least.divide(scale.denominator()).subtract(BigInteger.ONE).bitLength());
    }

    public NoiseScale scale() {
        return scale;
    }

    /** One draw; takes the same number of random longs each time. */
    public long sample(LongSupplier bits) {
        long up = geometric(bits);
        long down = geometric(bits);
        return up - down;
    }

    private long geometric(LongSupplier bits) {
        long value = 0;
        for (int i = 0; i < thresholdsHigh.length; i++) {
            value |= below(bits.getAsLong(), bits.getAsLong(), thresholdsHigh[i], thresholdsLow[i]) << i;
        }
        return value;
    }

    /** 1 if the 128-bit number a is below b, else 0: the borrow of the subtraction, without a branch. */
    private static long below(long aHigh, long aLow, long bHigh, long bLow) {
        long borrowLow = borrow(aLow, bLow, aLow - bLow);
        long difference = aHigh - bHigh;
        return borrow(aHigh, bHigh, difference) | borrow(difference, borrowLow, difference - borrowLow);
    }

    private static long borrow(long a, long b, long difference) {
        return ((~a & b) | ((~a | b) & difference)) >>> 63;
    }

    /** The least h with {@code P(|X| > h) <= 1/20}: the half-width of a 95 % interval. */
    public long halfWidth95() {
        return halfWidth(20);
    }

    /** The least h with {@code P(|X| > h) = 2 r^(h+1) / (1 + r) <= 1/tail}. */
    long halfWidth(int tail) {
        var target = ExponentialPowers.ONE.add(powers.get(0)).divide(BigInteger.valueOf(2L * tail));
        var power = ExponentialPowers.ONE;
        long exponent = 0;
        for (int i = thresholdsHigh.length - 1; i >= 0; i--) {
            var next = ExponentialPowers.times(power, powers.get(i));
            if (next.compareTo(target) > 0) {
                power = next;
                exponent += 1L << i;
            }
        }
        return exponent;
    }
}
