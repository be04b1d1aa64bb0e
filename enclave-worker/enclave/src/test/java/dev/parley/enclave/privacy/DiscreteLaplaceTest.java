package dev.parley.enclave.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiscreteLaplaceTest {
    private static final int DRAWS = 200_000;

    @ParameterizedTest
    @CsvSource({"1,10", "1,1", "3,2", "10,1", "1000000,333333", "1000000,9999"})
    void followsTheExactDistribution(long numerator, long denominator) {
        var laplace = laplace(numerator, denominator);
        var random = new SplittableRandom(7);
        int reach = (int) Math.max(3, 6 * numerator / denominator);

        var counts = new long[2 * reach + 3];
        for (int i = 0; i < DRAWS; i++) {
            long x = Math.clamp(laplace.sample(random::nextLong), -reach - 1L, reach + 1L);
            counts[(int) x + reach + 1]++;
        }

        assertThat(chiSquare(counts, numerator, denominator, reach)).isLessThan(chiSquareLimit(counts.length - 1));
    }

    /** The statistic is not blind: noise a little too narrow, by the distance that Google's cases must tell apart. */
    @Test
    void theDistributionTestNoticesNoiseThatIsTooNarrow() {
        var laplace = laplace(10_000, 1_175);
        var random = new SplittableRandom(7);

        var counts = new long[123];
        for (int i = 0; i < DRAWS; i++) {
            counts[Math.clamp(laplace.sample(random::nextLong), -61, 61) + 61]++;
        }

        assertThat(chiSquare(counts, 10, 1, 60)).isGreaterThan(chiSquareLimit(122));
    }

    @Test
    void takesTheSameNumberOfRandomBitsForEveryDraw() {
        var laplace = laplace(1_000, 1);
        var random = new SplittableRandom(11);
        var taken = new AtomicLong();

        var perDraw = IntStream.range(0, 1_000)
                .mapToLong(i -> {
                    long before = taken.get();
                    laplace.sample(() -> {
                        taken.incrementAndGet();
                        return random.nextLong();
                    });
                    return taken.get() - before;
                })
                .distinct()
                .toArray();

        assertThat(perDraw).hasSize(1);
    }

    /** SC-2: a sampler that loops until it hits shows a rank correlation of 0.63 here. */
    @Test
    void doesNotShowTheSizeOfTheNoiseInItsTime() {
        var laplace = laplace(100, 1);
        var random = new SplittableRandom(13);
        int draws = 40_000;
        var sizes = new long[draws];
        var times = new long[draws];
        for (int i = -20_000; i < draws; i++) {
            long start = System.nanoTime();
            long x = laplace.sample(random::nextLong);
            long time = System.nanoTime() - start;
            if (i >= 0) {
                sizes[i] = Math.abs(x);
                times[i] = time;
            }
        }

        assertThat(Math.abs(correlation(ranks(sizes), ranks(times)))).isLessThan(0.05);
    }

    @ParameterizedTest
    @CsvSource({"1,10", "1,1", "10,1", "1000000,333333", "123456789,1000"})
    void givesTheNarrowest95PercentInterval(long numerator, long denominator) {
        double r = Math.exp(-(double) denominator / numerator);

        long half = laplace(numerator, denominator).halfWidth95();

        assertThat(tail(r, half)).isLessThanOrEqualTo(0.05);
        if (half > 0) {
            assertThat(tail(r, half - 1)).isGreaterThan(0.05);
        }
    }

    @Test
    void itsIntervalCoversTheDraws() {
        var laplace = laplace(50, 1);
        var random = new SplittableRandom(17);
        long half = laplace.halfWidth95();

        long inside = IntStream.range(0, DRAWS)
                .filter(i -> Math.abs(laplace.sample(random::nextLong)) <= half)
                .count();

        assertThat((double) inside / DRAWS).isBetween(0.9475, 0.9545);
    }

    @Test
    void refusesAScaleWhoseDrawsDoNotFit() {
        var wide = new NoiseScale(BigInteger.TWO.pow(57), BigInteger.ONE);

        assertThat(DiscreteLaplace.supports(wide)).isFalse();
        assertThatThrownBy(() -> DiscreteLaplace.of(wide)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void spreadsTheWidestNoiseAsItsScaleSays() {
        var laplace = DiscreteLaplace.of(new NoiseScale(BigInteger.TWO.pow(55), BigInteger.ONE));
        var random = new SplittableRandom(19);

        double mean = IntStream.range(0, 20_000)
                .mapToDouble(i -> Math.abs((double) laplace.sample(random::nextLong)))
                .average()
                .orElseThrow();

        assertThat(mean / 0x1p55).isBetween(0.97, 1.03);
    }

    private static DiscreteLaplace laplace(long numerator, long denominator) {
        return DiscreteLaplace.of(new NoiseScale(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator)));
    }

    private static double tail(double r, long half) {
        return 2 * Math.pow(r, half + 1.0) / (1 + r);
    }

    /** The outermost cells hold the tails. Cells that expect fewer than five draws count with their neighbour. */
    private static double chiSquare(long[] counts, long numerator, long denominator, int reach) {
        double r = Math.exp(-(double) denominator / numerator);
        double statistic = 0;
        double expected = 0;
        double seen = 0;
        for (int i = 0; i < counts.length; i++) {
            int x = Math.abs(i - reach - 1);
            expected += DRAWS * (x > reach ? tail(r, reach) / 2 : (1 - r) / (1 + r) * Math.pow(r, x));
            seen += counts[i];
            if (expected >= 5) {
                statistic += (seen - expected) * (seen - expected) / expected;
                expected = 0;
                seen = 0;
            }
        }
        return statistic;
    }

    /** Wilson and Hilferty's approximation at four standard deviations. */
    private static double chiSquareLimit(int degrees) {
        double spread = 2.0 / (9 * degrees);
        return degrees * Math.pow(1 - spread + 4 * Math.sqrt(spread), 3);
    }

    private static double[] ranks(long[] values) {
        var order = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingLong(i -> values[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        var ranks = new double[values.length];
        for (int from = 0; from < order.length; ) {
            int to = from;
            while (to < order.length && values[order[to]] == values[order[from]]) {
                to++;
            }
            for (int i = from; i < to; i++) {
                ranks[order[i]] = (from + to - 1) / 2.0;
            }
            from = to;
        }
        return ranks;
    }

    private static double correlation(double[] a, double[] b) {
        double meanA = Arrays.stream(a).average().orElseThrow();
        double meanB = Arrays.stream(b).average().orElseThrow();
        double together = 0;
        double squaresA = 0;
        double squaresB = 0;
        for (int i = 0; i < a.length; i++) {
            together += (a[i] - meanA) * (b[i] - meanB);
            squaresA += (a[i] - meanA) * (a[i] - meanA);
            squaresB += (b[i] - meanB) * (b[i] - meanB);
        }
        return squaresB == 0 ? 0 : together / Math.sqrt(squaresA * squaresB);
    }
}
