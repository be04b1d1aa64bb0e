package dev.parley.enclave.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The cases for counts with Laplace noise that Google publishes for differential privacy libraries. */
class GoogleCountCasesTest {
    /** As their tolerances suppose. */
    private static final int SAMPLES = 1_000_000;
    /** A single vote accepts what is right in nine of ten cases. */
    private static final int VOTES = 3;

    @Test
    void holdsEpsilonInEveryCaseForCountsWithLaplaceNoise() throws IOException {
        assertThat(cases()).allSatisfy(c -> assertThat(accepted(c, c.epsilon)).isTrue());
    }

    /** Their controls ask that a distance too large by 1.175 is noticed; noise too narrow by as much is the same. */
    @Test
    void theCasesNoticeNoiseThatIsTooNarrow() throws IOException {
        var strong = cases().stream().filter(c -> c.epsilon > 1).toList();

        assertThat(strong).isNotEmpty();
        assertThat(strong)
                .allSatisfy(c -> assertThat(accepted(c, 1.175 * c.epsilon)).isFalse());
    }

    private record Case(double epsilon, double tolerance, long groups, long distance) {}

    /** Exact integers are noised, so that cases which differ only by the count itself are one. */
    private static List<Case> cases() throws IOException {
        var folder = System.getenv("PARLEY_VECTORS");
        assumeTrue(folder != null && !folder.isEmpty(), "PARLEY_VECTORS is not set");
        var text = Files.readString(Path.of(folder, "google-dp", "count_dp_test_cases.textproto"))
                .replaceAll("#.*", "");
        var cases = new ArrayList<Case>();
        for (var part : Pattern.compile("count_dp_test_case \\{").split(text, -1)) {
            if (part.contains("noise_type: LAPLACE")) {
                cases.add(new Case(
                        Double.parseDouble(values(part, "epsilon").getLast()),
                        Double.parseDouble(values(part, "delta_tolerance").getFirst()),
                        Long.parseLong(
                                values(part, "max_partitions_contributed").getFirst()),
                        sum(part, "neighbour_raw_increment_by") - sum(part, "raw_increment_by")));
            }
        }
        assertThat(cases).hasSize(15);
        return cases.stream().distinct().toList();
    }

    private static List<String> values(String part, String name) {
        return Pattern.compile("(?<![a-z_])" + name + ": (?:\\[([^\\]]*)\\]|(\\S+))")
                .matcher(part)
                .results()
                .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
                .toList();
    }

    private static long sum(String part, String name) {
        return values(part, name).stream()
                .flatMap(list -> Arrays.stream(list.split(",", -1)))
                .map(String::strip)
                .filter(number -> !number.isEmpty())
                .mapToLong(Long::parseLong)
                .sum();
    }

    private static boolean accepted(Case c, double drawnWith) {
        var random = new SplittableRandom(1);
        int accepting = 0;
        int refusing = 0;
        while (2 * Math.max(accepting, refusing) < VOTES) {
            if (excess(c, drawnWith, random) <= c.tolerance) {
                accepting++;
            } else {
                refusing++;
            }
        }
        return accepting > refusing;
    }

    private static double excess(Case c, double drawnWith, SplittableRandom random) {
        var scale = AdditiveNoise.scale(BigInteger.valueOf(c.groups), Math.round(drawnWith * 1e6));
        var laplace = DiscreteLaplace.of(scale);
        int reach = (int) (c.distance + 30 * laplace.halfWidth95() + 30);
        var p = histogram(laplace, 0, reach, random);
        var q = histogram(laplace, c.distance, reach, random);
        return Math.max(hockeyStick(p, q, c.epsilon), hockeyStick(q, p, c.epsilon));
    }

    private static int[] histogram(DiscreteLaplace laplace, long count, int reach, SplittableRandom random) {
        var counts = new int[2 * reach + 1];
        for (int i = 0; i < SAMPLES; i++) {
            counts[(int) (count + laplace.sample(random::nextLong)) + reach]++;
        }
        return counts;
    }

    private static double hockeyStick(int[] p, int[] q, double epsilon) {
        double bound = Math.exp(epsilon);
        double excess = 0;
        for (int i = 0; i < p.length; i++) {
            excess += Math.max(0, p[i] - bound * q[i]);
        }
        return excess / SAMPLES;
    }
}
