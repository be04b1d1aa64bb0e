package dev.parley.enclave.privacy;

import java.math.BigInteger;

/**
 * The scale {@code b} of discrete Laplace noise, an exact fraction in lowest terms: noise {@code x} has a probability
 * proportional to {@code exp(-|x| / b)}.
 */
public record NoiseScale(BigInteger numerator, BigInteger denominator) {
    private static final BigInteger MICRO = BigInteger.valueOf(1_000_000);

    public NoiseScale {
        if (numerator.signum() <= 0 || denominator.signum() <= 0) {
            throw new IllegalArgumentException("a noise scale is above zero");
        }
        var common = numerator.gcd(denominator);
        numerator = numerator.divide(common);
        denominator = denominator.divide(common);
    }

    /**
     * The scale that gives ε-differential privacy.
     *
     * @param sensitivity by how much one person can move the whole column: the sum over all groups
     * @param microEpsilon ε in millionths
     */
    public static NoiseScale of(BigInteger sensitivity, long microEpsilon) {
        return new NoiseScale(sensitivity.multiply(MICRO), BigInteger.valueOf(microEpsilon));
    }

    /** The fraction as text, {@code numerator/denominator}. */
    @Override
    public String toString() {
        return numerator + "/" + denominator;
    }
}
