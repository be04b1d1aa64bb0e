package dev.parley.enclave.privacy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Decides what leaves of an exact result: noise on every value, suppression of what rests on too few people, or both. The
 * same result, limits and seeds give the same bytes. There are no totals in the plan algebra, so no released cell gives a
 * suppressed one away; that two queries together do not is the differencing guard's matter, not this class's.
 */
public final class Guard {
    private Guard() {}

    /** Whether noise for these figures can be drawn at all; depends on no data. */
    public static boolean supports(List<Figure> figures, Limits.Noise noise, int cells) {
        return IntStream.range(0, figures.size())
                .allMatch(i -> Mechanism.supports(
                        figures.get(i), noise.microEpsilon().get(i), groups(noise, cells), rows(noise)));
    }

    /** Groups that were found, not declared, are left out where they are too small: their names would tell. */
    public static ReleasedResult release(ExactResult exact, Limits limits, Seeds seeds) {
        var mechanisms = mechanisms(exact, limits.noise());
        var bits = NoiseStream.of(seeds, exact.digest());
        var rows = exact.groups().stream()
                .filter(group -> exact.declared() || enough(group, limits))
                .map(group -> row(group, mechanisms, limits, bits))
                .toList();
        var columns = IntStream.range(0, mechanisms.size())
                .mapToObj(i -> column(exact.figures().get(i), mechanisms.get(i)))
                .toList();
        return new ReleasedResult(limits.mode(), exact.dimensions(), columns, rows);
    }

    private static List<Mechanism> mechanisms(ExactResult exact, Optional<Limits.Noise> noise) {
        var figures = exact.figures();
        if (noise.isPresent() && !exact.declared()) {
            throw new IllegalArgumentException("noise needs a declared domain: which groups exist would tell");
        }
        if (noise.isEmpty()) {
            return figures.stream().<Mechanism>map(Mechanism.Exact::new).toList();
        }
        var groups = groups(noise.get(), exact.groups().size());
        var rows = rows(noise.get());
        return IntStream.range(0, figures.size())
                .mapToObj(i -> Mechanism.noisy(
                        figures.get(i), noise.get().microEpsilon().get(i), groups, rows))
                .toList();
    }

    /** Nobody is in more groups than there are: with noise, all cells of the declared domain. */
    private static BigInteger groups(Limits.Noise noise, int cells) {
        return BigInteger.valueOf(Math.clamp(noise.maxGroups(), 1, Math.max(1, cells)));
    }

    private static BigInteger rows(Limits.Noise noise) {
        return BigInteger.valueOf(noise.maxRows());
    }

    private static ReleasedResult.Row row(
            ExactResult.Group group, List<Mechanism> mechanisms, Limits limits, NoiseStream bits) {
        boolean enough = enough(group, limits);
        var cells = new ArrayList<Cell>();
        for (int i = 0; i < mechanisms.size(); i++) {
            var value = group.values().get(i);
            // A group of many people may hold one single value of a measure: the people behind the figure count.
            boolean released = enough && enough(value.people(), limits);
            cells.add(cell(value, mechanisms.get(i), released, bits));
        }
        return new ReleasedResult.Row(group.key(), cells);
    }

    private static Cell cell(ExactResult.Value value, Mechanism mechanism, boolean released, NoiseStream bits) {
        if (!released && mechanism.noise().isEmpty()) {
            return new Cell.Suppressed();
        }
        // Noise is drawn for suppressed cells too: the noise of the others must not depend on what was suppressed.
        var cell = mechanism.apply(value, bits);
        return released ? cell : new Cell.Suppressed();
    }

    private static boolean enough(ExactResult.Group group, Limits limits) {
        return enough(group.people(), limits);
    }

    private static boolean enough(List<Long> people, Limits limits) {
        return limits.thresholds().map(k -> reaches(people, k)).orElse(true);
    }

    private static boolean reaches(List<Long> people, List<Integer> thresholds) {
        if (people.size() != thresholds.size()) {
            throw new IllegalArgumentException("one threshold per dataset of the plan");
        }
        return IntStream.range(0, people.size()).allMatch(i -> people.get(i) >= thresholds.get(i));
    }

    private static ReleasedResult.Column column(Figure figure, Mechanism mechanism) {
        var kind = switch (figure) {
            case Figure.Rows r -> "ROWS";
            case Figure.People p -> "PEOPLE";
            case Figure.Sum s -> "SUM";
            case Figure.Mean m -> "MEAN";
        };
        return new ReleasedResult.Column(figure.as(), kind, mechanism.noise());
    }
}
