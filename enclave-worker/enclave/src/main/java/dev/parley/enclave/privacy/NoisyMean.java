package dev.parley.enclave.privacy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A noised sum over a noised count, half of ε each. The sum is that of {@code 2x - (low + high)}: centred on the middle of
 * the bounds, one value moves it by {@code high - low} at most, which needs less noise than the plain sum. What follows
 * the two draws only computes with them.
 */
final class NoisyMean implements Mechanism {
    private final Figure.Mean figure;
    private final long microEpsilon;
    private final DiscreteLaplace onSum;
    private final DiscreteLaplace onCount;
    private final BigInteger sumReach;
    private final BigInteger countReach;

    NoisyMean(Figure.Mean figure, long microEpsilon, BigInteger contributions) {
        this.figure = figure;
        this.microEpsilon = microEpsilon;
        var scales = scales(figure, microEpsilon, contributions);
        onSum = DiscreteLaplace.of(scales.getFirst());
        onCount = DiscreteLaplace.of(scales.getLast());
        // Each leaves its interval with 2.5 %, so both hold with 95 %.
        sumReach = BigInteger.valueOf(onSum.halfWidth(40));
        countReach = BigInteger.valueOf(onCount.halfWidth(40));
    }

    static List<NoiseScale> scales(Figure.Mean figure, long microEpsilon, BigInteger contributions) {
        long half = microEpsilon / 2;
        return List.of(
                AdditiveNoise.scale(contributions.multiply(figure.range()), half),
                AdditiveNoise.scale(contributions, microEpsilon - half));
    }

    @Override
    public Cell.Released apply(ExactResult.Value value, LongSupplier bits) {
        var count = BigInteger.valueOf(value.count());
        var centred = value.total().shiftLeft(1).subtract(figure.twiceMiddle().multiply(count));
        var sum = centred.add(BigInteger.valueOf(onSum.sample(bits)));
        var noisedCount = count.add(BigInteger.valueOf(onCount.sample(bits)));
        var mean = ratio(sum, noisedCount.max(BigInteger.ONE));
        return new Cell.Released(mean, Optional.of(halfWidth(mean, sum, noisedCount)));
    }

    private BigDecimal halfWidth(BigDecimal mean, BigInteger sum, BigInteger count) {
        var least = count.subtract(countReach);
        var most = count.add(countReach);
        if (least.signum() <= 0) {
            return Decimals.of(figure.range(), figure.scale());
        }
        var from = sum.subtract(sumReach);
        var to = sum.add(sumReach);
        var low = ratio(from, from.signum() < 0 ? least : most);
        var high = ratio(to, to.signum() < 0 ? most : least);
        // One last digit for what rounding took.
        var digit = BigDecimal.ONE.movePointLeft(mean.scale());
        return high.subtract(mean).max(mean.subtract(low)).add(digit);
    }

    /** {@code (middle + sum / (2 count))}, held within the bounds. */
    private BigDecimal ratio(BigInteger sum, BigInteger count) {
        var numerator = new BigDecimal(sum.add(figure.twiceMiddle().multiply(count)), figure.scale());
        var mean = numerator.divide(
                new BigDecimal(count.shiftLeft(1)), figure.scale() + Decimals.MEAN_DIGITS, RoundingMode.HALF_EVEN);
        return mean.max(Decimals.of(figure.low(), figure.scale()))
                .min(Decimals.of(figure.high(), figure.scale()))
                .setScale(figure.scale() + Decimals.MEAN_DIGITS, RoundingMode.UNNECESSARY);
    }

    @Override
    public Optional<ReleasedResult.Noise> noise() {
        return Optional.of(new ReleasedResult.Noise(microEpsilon, List.of(onSum.scale(), onCount.scale())));
    }
}
