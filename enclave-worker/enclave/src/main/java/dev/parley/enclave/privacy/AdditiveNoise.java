package dev.parley.enclave.privacy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** A count or a sum plus discrete Laplace noise on the same grid of integers. May be negative: that keeps it unbiased. */
final class AdditiveNoise implements Mechanism {
    private final long microEpsilon;
    private final DiscreteLaplace laplace;
    private final int decimals;
    private final BigDecimal halfWidth;

    AdditiveNoise(long microEpsilon, BigInteger sensitivity, int decimals) {
        this.microEpsilon = microEpsilon;
        this.decimals = decimals;
        laplace = DiscreteLaplace.of(scale(sensitivity, microEpsilon));
        halfWidth = BigDecimal.valueOf(laplace.halfWidth95(), decimals);
    }

    /** A measure that can only be zero still gets noise: a scale of zero does not exist. */
    static NoiseScale scale(BigInteger sensitivity, long microEpsilon) {
        return NoiseScale.of(sensitivity.max(BigInteger.ONE), microEpsilon);
    }

    @Override
    public Cell.Released apply(ExactResult.Value value, LongSupplier bits) {
        var noised = value.total().add(BigInteger.valueOf(laplace.sample(bits)));
        return new Cell.Released(Decimals.of(noised, decimals), Optional.of(halfWidth));
    }

    @Override
    public Optional<ReleasedResult.Noise> noise() {
        return Optional.of(new ReleasedResult.Noise(microEpsilon, List.of(laplace.scale())));
    }
}
