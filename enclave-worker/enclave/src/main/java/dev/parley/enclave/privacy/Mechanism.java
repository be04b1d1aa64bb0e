package dev.parley.enclave.privacy;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Turns one exact value into the one that leaves. Draws the same number of random bits whatever the value is. */
sealed interface Mechanism permits Mechanism.Exact, AdditiveNoise, NoisyMean {
    Cell.Released apply(ExactResult.Value value, LongSupplier bits);

    Optional<ReleasedResult.Noise> noise();

    /** No noise: for thresholds alone. */
    record Exact(Figure figure) implements Mechanism {
        @Override
        public Cell.Released apply(ExactResult.Value value, LongSupplier bits) {
            var exact = switch (figure) {
                case Figure.Rows r -> Decimals.of(value.total(), 0);
                case Figure.People p -> Decimals.of(value.total(), 0);
                case Figure.Sum sum -> Decimals.of(value.total(), sum.scale());
                case Figure.Mean mean -> Decimals.mean(value.total(), value.count(), mean.scale());
            };
            return new Cell.Released(exact, Optional.empty());
        }

        @Override
        public Optional<ReleasedResult.Noise> noise() {
            return Optional.empty();
        }
    }

    /**
     * The mechanism of a figure.
     *
     * @param groups how many groups one person can be in
     * @param rows how many rows one person can have in each
     */
    static Mechanism noisy(Figure figure, long microEpsilon, BigInteger groups, BigInteger rows) {
        var contributions = groups.multiply(rows);
        return switch (figure) {
            case Figure.Rows r -> new AdditiveNoise(microEpsilon, contributions, 0);
            case Figure.People p -> new AdditiveNoise(microEpsilon, groups, 0);
            case Figure.Sum sum -> new AdditiveNoise(microEpsilon, contributions.multiply(sum.reach()), sum.scale());
            case Figure.Mean mean -> new NoisyMean(mean, microEpsilon, contributions);
        };
    }

    /** Whether the noise of a figure can be drawn; a mean needs ε that can be halved. */
    static boolean supports(Figure figure, long microEpsilon, BigInteger groups, BigInteger rows) {
        if (figure instanceof Figure.Mean && microEpsilon < 2) {
            return false;
        }
        return scales(figure, microEpsilon, groups, rows).stream().allMatch(DiscreteLaplace::supports);
    }

    private static List<NoiseScale> scales(Figure figure, long microEpsilon, BigInteger groups, BigInteger rows) {
        var contributions = groups.multiply(rows);
        return switch (figure) {
            case Figure.Rows r -> List.of(AdditiveNoise.scale(contributions, microEpsilon));
            case Figure.People p -> List.of(AdditiveNoise.scale(groups, microEpsilon));
            case Figure.Sum sum -> List.of(AdditiveNoise.scale(contributions.multiply(sum.reach()), microEpsilon));
            case Figure.Mean mean -> NoisyMean.scales(mean, microEpsilon, contributions);
        };
    }
}
