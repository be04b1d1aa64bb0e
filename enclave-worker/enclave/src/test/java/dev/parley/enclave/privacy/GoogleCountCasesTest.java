package dev.parley.enclave.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.policy.plan.ColumnName;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The cases for counts with Laplace noise that Google publishes for differential privacy libraries. */
class GoogleCountCasesTest {
    private static final int SAMPLES = 100_000;
    /** A vote accepts what is right in nine of ten cases; theirs have nine votes, these a tenth of the samples and five. */
    private static final int VOTES = 5;

    private static final Figure COUNT = new Figure.Rows(new ColumnName("rows"));

    @Test
    void holdsEpsilonInEveryCaseForCountsWithLaplaceNoise() throws IOException {
        var cases = cases();

        assertThat(cases).hasSize(15);
        assertThat(cases).allSatisfy(c -> assertThat(accepted(c, c.epsilon)).isTrue());
    }

    /** Their controls ask that a distance too large by 1.175 is noticed; noise too narrow by as much is the same. */
    @Test
    void theCasesNoticeNoiseThatIsTooNarrow() throws IOException {
        var strong = cases().stream().filter(c -> c.epsilon > 1).toList();

        assertThat(strong).isNotEmpty();
        assertThat(strong)
                .allSatisfy(c -> assertThat(accepted(c, 1.175 * c.epsilon)).isFalse());
    }

    private record Case(double epsilon, double tolerance, long groups, BigInteger count, BigInteger neighbour) {}

    private static List<Case> cases() throws IOException {
        var folder = System.getenv("PARLEY_VECTORS");
        assumeTrue(folder != null && !folder.isEmpty(), "PARLEY_VECTORS is not set");
        var text = Files.readString(Path.of(folder, "google-dp", "count_dp_test_cases.textproto"))
                .replaceAll("#.*", "");
        var cases = new ArrayList<Case>();
        for (var part : Pattern.compile("count_dp_test_case \\{").split(text, -1)) {
            if (part.contains("noise_type: LAPLACE")) {
                // Their tolerance is for a million samples.
                double fewer = Math.sqrt(1_000_000.0 / SAMPLES);
                cases.add(new Case(
                        Double.parseDouble(values(part, "epsilon").getLast()),
                        fewer
                                * Double.parseDouble(
                                        values(part, "delta_tolerance").getFirst()),
                        Long.parseLong(
                                values(part, "max_partitions_contributed").getFirst()),
                        sum(part, "raw_increment_by"),
                        sum(part, "neighbour_raw_increment_by")));
            }
        }
        return cases;
    }

    private static List<String> values(String part, String name) {
        return Pattern.compile("(?<![a-z_])" + name + ": (?:\\[([^\\]]*)\\]|(\\S+))")
                .matcher(part)
                .results()
                .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
                .toList();
    }

    private static BigInteger sum(String part, String name) {
        return values(part, name).stream()
                .flatMap(list -> Arrays.stream(list.split(",", -1)))
                .map(String::strip)
                .filter(number -> !number.isEmpty())
                .map(BigInteger::new)
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    private static boolean accepted(Case c, double drawnWith) {
        var random = new SplittableRandom(1);
        int votes = 0;
        for (int vote = 0; vote < VOTES; vote++) {
            votes += excess(c, drawnWith, random) <= c.tolerance ? 1 : 0;
        }
        return 2 * votes > VOTES;
    }

    private static double excess(Case c, double drawnWith, SplittableRandom random) {
        var mechanism =
                Mechanism.noisy(COUNT, Math.round(drawnWith * 1e6), BigInteger.valueOf(c.groups), BigInteger.ONE);
        var p = histogram(mechanism, c.count, random);
        var q = histogram(mechanism, c.neighbour, random);
        return Math.max(hockeyStick(p, q, c.epsilon), hockeyStick(q, p, c.epsilon));
    }

    private static Map<BigDecimal, Integer> histogram(Mechanism mechanism, BigInteger count, SplittableRandom random) {
        var counts = new HashMap<BigDecimal, Integer>();
        var value = new ExactResult.Value(count, 0, List.of());
        for (int i = 0; i < SAMPLES; i++) {
            counts.merge(mechanism.apply(value, random::nextLong).value(), 1, Integer::sum);
        }
        return counts;
    }

    private static double hockeyStick(Map<BigDecimal, Integer> p, Map<BigDecimal, Integer> q, double epsilon) {
        double excess = 0;
        for (var bin : p.entrySet()) {
            excess += Math.max(0, bin.getValue() - Math.exp(epsilon) * q.getOrDefault(bin.getKey(), 0));
        }
        return excess / SAMPLES;
    }
}
