package dev.parley.enclave.privacy;

import java.math.BigInteger;

/**
 * The powers {@code r^(2^i)} of {@code r = exp(-1/b)} as fixed-point integers of {@link #BITS} bits. The series and each
 * squaring round by at most one unit, and a squaring doubles what was wrong before: after 80 squarings fewer than 2^96
 * units of 2^-448 are wrong, so a power is right to 2^-352. No floating point is involved.
 */
final class ExponentialPowers {
    static final int BITS = 448;
    static final BigInteger ONE = BigInteger.ONE.shiftLeft(BITS);

    private final BigInteger[] powers;

    private ExponentialPowers(BigInteger[] powers) {
        this.powers = powers;
    }

    /** The powers for {@code i} from 0 to {@code count - 1}. */
    static ExponentialPowers of(NoiseScale scale, int count) {
        var powers = new BigInteger[count];
        powers[0] = exponential(scale.denominator(), scale.numerator());
        for (int i = 1; i < count; i++) {
            powers[i] = times(powers[i - 1], powers[i - 1]);
        }
        return new ExponentialPowers(powers);
    }

    BigInteger get(int i) {
        return powers[i];
    }

    static BigInteger times(BigInteger a, BigInteger b) {
        return a.multiply(b).shiftRight(BITS);
    }

    /** {@code exp(-p/q)}: halve the exponent until the series converges quickly, then square back. */
    private static BigInteger exponential(BigInteger p, BigInteger q) {
        int halvings = Math.max(0, p.bitLength() - q.bitLength() + 2);
        var x = p.shiftLeft(BITS).divide(q.shiftLeft(halvings));
        var sum = ONE;
        var term = ONE;
        for (int k = 1; term.signum() != 0; k++) {
            term = times(term, x).divide(BigInteger.valueOf(k));
            sum = k % 2 == 0 ? sum.add(term) : sum.subtract(term);
        }
        for (int i = 0; i < halvings; i++) {
            sum = times(sum, sum);
        }
        return sum;
    }
}
