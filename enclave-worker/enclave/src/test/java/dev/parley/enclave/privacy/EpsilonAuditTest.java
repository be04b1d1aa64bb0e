package dev.parley.enclave.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * RT-14: for pairs of results that one person tells apart, no set of outputs may be more than e^ε as likely on one side as
 * on the other. The whole guard is audited, not the sampler alone; controls that are wrong must be noticed.
 */
class EpsilonAuditTest {
    private static final long EPSILON = 1_098_612;
    private static final int CELLS = 10_000;
    private static final int RELEASES = 4;
    /** Sampling alone stays below this with 40,000 draws; noise too narrow by 1.175 exceeds it several times. */
    private static final double TOLERANCE = 0.02;

    private static final Figure ROWS = new Figure.Rows(Results.NAME);
    private static final Figure PEOPLE = new Figure.People(Results.NAME);
    private static final Figure SUM = new Figure.Sum(Results.NAME, 2, -50, 20);
    private static final Figure MEAN = new Figure.Mean(Results.NAME, 0, 0, 4);

    @Test
    void countsOfPeopleHoldTheirEpsilon() {
        var limits = limits(EPSILON, 1, 1);

        assertThat(excess(PEOPLE, Results.value(0, 0, 0L), Results.value(1, 1, 1L), limits))
                .isLessThan(TOLERANCE);
        assertThat(excess(PEOPLE, Results.value(70, 70, 70L), Results.value(71, 71, 71L), limits))
                .isLessThan(TOLERANCE);
    }

    @Test
    void countsOfRowsHoldTheirEpsilonForAPersonWithManyRows() {
        var limits = limits(EPSILON, 1, 6);

        assertThat(excess(ROWS, Results.value(3, 3, 1L), Results.value(9, 9, 2L), limits))
                .isLessThan(TOLERANCE);
    }

    @Test
    void sumsHoldTheirEpsilonForTheMostExtremePerson() {
        var limits = limits(EPSILON, 1, 2);

        assertThat(excess(SUM, Results.value(10, 1, 1L), Results.value(-90, 3, 2L), limits))
                .isLessThan(TOLERANCE);
    }

    @Test
    void meansHoldTheirEpsilonForTheMostExtremePerson() {
        var limits = limits(EPSILON, 1, 1);

        assertThat(excess(MEAN, Results.value(3, 2, 2L), Results.value(7, 3, 3L), limits))
                .isLessThan(TOLERANCE);
        assertThat(excess(MEAN, Results.value(0, 0, 0L), Results.value(4, 1, 1L), limits))
                .isLessThan(TOLERANCE);
    }

    @Test
    void noticesNoiseThatIsTooNarrowBy1175Thousandths() {
        var limits = limits(EPSILON * 1_175 / 1_000, 1, 1);

        assertThat(excess(PEOPLE, Results.value(0, 0, 0L), Results.value(1, 1, 1L), limits))
                .isGreaterThan(TOLERANCE);
    }

    @Test
    void noticesASensitivityThatIsHalved() {
        var limits = limits(EPSILON, 1, 3);

        assertThat(excess(ROWS, Results.value(3, 3, 1L), Results.value(9, 9, 2L), limits))
                .isGreaterThan(TOLERANCE);
    }

    /** The groups that one person may be in share ε: noise for a single one would be too narrow. */
    @Test
    void widensTheNoiseForAPersonInManyGroups() {
        var one = DiscreteLaplace.of(NoiseScale.of(java.math.BigInteger.ONE, EPSILON));

        var noise = Guard.release(
                        Results.alike(PEOPLE, Results.value(5, 5, 5L), 10), limits(EPSILON, 4, 1), Results.seeds(1))
                .columns()
                .getFirst()
                .noise()
                .orElseThrow();

        assertThat(noise.scales().getFirst()).isEqualTo(NoiseScale.of(java.math.BigInteger.valueOf(4), EPSILON));
        assertThat(noise.scales().getFirst()).isNotEqualTo(one.scale());
    }

    /** The larger of both directions: by how much the worst set of outputs breaks the bound. */
    private static double excess(Figure figure, ExactResult.Value a, ExactResult.Value b, Limits limits) {
        var without = histogram(figure, a, limits);
        var with = histogram(figure, b, limits);
        return Math.max(hockeyStick(without, with), hockeyStick(with, without));
    }

    private static double hockeyStick(Map<BigDecimal, Integer> p, Map<BigDecimal, Integer> q) {
        double draws = CELLS * (double) RELEASES;
        double bound = Math.exp(EPSILON / 1e6);
        var outputs = new HashSet<>(p.keySet());
        outputs.addAll(q.keySet());
        // Rare outputs go together: one by one they would only add up the chance of sampling.
        double excess = 0;
        double rareP = 0;
        double rareQ = 0;
        for (var output : outputs) {
            int countP = p.getOrDefault(output, 0);
            int countQ = q.getOrDefault(output, 0);
            if (countP + countQ < 200) {
                rareP += countP;
                rareQ += countQ;
            } else {
                excess += Math.max(0, countP - bound * countQ);
            }
        }
        return (excess + Math.max(0, rareP - bound * rareQ)) / draws;
    }

    private static Map<BigDecimal, Integer> histogram(Figure figure, ExactResult.Value value, Limits limits) {
        var counts = new HashMap<BigDecimal, Integer>();
        var exact = Results.alike(figure, value, CELLS);
        for (int release = 0; release < RELEASES; release++) {
            var result = Guard.release(exact, limits, Results.seeds(release));
            for (var row : result.rows()) {
                counts.merge(rounded(row.cells().getFirst()), 1, Integer::sum);
            }
        }
        return counts;
    }

    /** Computing with a release is free, so coarser bins are no weaker evidence. */
    private static BigDecimal rounded(Cell cell) {
        return ((Cell.Released) cell).value().setScale(1, java.math.RoundingMode.FLOOR);
    }

    private static Limits limits(long microEpsilon, int groups, int rows) {
        return Limits.noise(new Limits.Noise(new ArrayList<>(List.of(microEpsilon)), groups, rows));
    }
}
