package dev.parley.enclave.privacy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Scaled integers as decimals. */
final class Decimals {
    /** Digits that a mean has more than its measure. */
    static final int MEAN_DIGITS = 4;

    private Decimals() {}

    static BigDecimal of(BigInteger unscaled, int scale) {
        return new BigDecimal(unscaled, scale);
    }

    static BigDecimal of(long unscaled, int scale) {
        return BigDecimal.valueOf(unscaled, scale);
    }

    /** An exact mean; the count is above zero. */
    static BigDecimal mean(BigInteger sum, long count, int scale) {
        return of(sum, scale).divide(BigDecimal.valueOf(count), scale + MEAN_DIGITS, RoundingMode.HALF_EVEN);
    }
}
