package dev.parley.enclave.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GuardTest {
    private static final Figure ROWS = new Figure.Rows(Results.NAME);
    private static final Figure SUM = new Figure.Sum(Results.NAME, 2, -500, 1_000);
    private static final Figure MEAN = new Figure.Mean(Results.NAME, 2, -500, 1_000);
    private static final Limits NOISE = noise(1_000_000);

    @Test
    void givesTheSameBytesForTheSameResultAndSeeds() {
        var exact = Results.alike(SUM, Results.value(12_345, 60, 40L), 50);

        var one = Guard.release(exact, NOISE, Results.seeds(1)).canonical();
        var again = Guard.release(exact, NOISE, Results.seeds(1)).canonical();

        assertThat(one).isEqualTo(again);
    }

    @Test
    void drawsOtherNoiseForEveryCellWhenOneValueDiffers() {
        var before = Results.alike(ROWS, Results.value(1_000, 1_000, 40L), 200);
        var groups = new java.util.ArrayList<>(before.groups());
        groups.set(
                199, new ExactResult.Group(List.of("g199"), List.of(41L), List.of(Results.value(1_001, 1_001, 41L))));
        var after = new ExactResult(true, before.dimensions(), before.figures(), groups);

        var one = Guard.release(before, NOISE, Results.seeds(1)).rows();
        var other = Guard.release(after, NOISE, Results.seeds(1)).rows();

        long alike = IntStream.range(0, 199)
                .filter(i -> one.get(i).cells().equals(other.get(i).cells()))
                .count();
        assertThat(alike).isLessThan(60);
    }

    @Test
    void statesTheScaleAndAnIntervalThatHoldsInNineteenOfTwentyCases() {
        var exact = Results.alike(SUM, Results.value(12_345, 60, 40L), 20_000);

        var result = Guard.release(exact, noise(500_000), Results.seeds(3));

        // 2 groups, 3 rows, at most 10.00 each: a reach of 6000 cents, over ε of one half.
        assertThat(result.columns().getFirst().noise().orElseThrow().scales())
                .containsExactly(new NoiseScale(BigInteger.valueOf(12_000), BigInteger.ONE));
        assertThat(covered(result, new BigDecimal("123.45"))).isBetween(0.945, 0.955);
    }

    @Test
    void aMeanIsCentredOnTheTruthAndItsIntervalHolds() {
        var exact = Results.alike(MEAN, Results.value(300_000, 1_000, 900L), 4_000);

        var result = Guard.release(exact, NOISE, Results.seeds(4));

        double mean = result.rows().stream()
                .mapToDouble(row -> released(row).value().doubleValue())
                .average()
                .orElseThrow();
        assertThat(mean).isBetween(2.95, 3.05);
        assertThat(covered(result, new BigDecimal("3.00"))).isGreaterThan(0.95);
    }

    @Test
    void aMeanOfNothingStaysWithinItsBounds() {
        var exact = Results.alike(MEAN, Results.value(0, 0, 0L), 500);

        var result = Guard.release(exact, NOISE, Results.seeds(5));

        var everything = new BigDecimal("15.00");
        assertThat(result.rows())
                .allSatisfy(
                        row -> assertThat(released(row).value()).isBetween(new BigDecimal("-5"), new BigDecimal("10")));
        assertThat(result.rows())
                .filteredOn(row -> released(row).halfWidth95().orElseThrow().compareTo(everything) == 0)
                .hasSizeGreaterThan(450);
    }

    @Test
    void releasesExactValuesOfGroupsWithEnoughPeopleOfEveryDataset() {
        var limits = Limits.thresholds(List.of(10, 20));

        assertThat(cell(ROWS, Results.value(55, 55, 10L, 20L), limits))
                .isEqualTo(new Cell.Released(new BigDecimal("55"), Optional.empty()));
        assertThat(cell(SUM, Results.value(-1_234, 55, 10L, 20L), limits))
                .isEqualTo(new Cell.Released(new BigDecimal("-12.34"), Optional.empty()));
        assertThat(cell(MEAN, Results.value(1_000, 3, 10L, 20L), limits))
                .isEqualTo(new Cell.Released(new BigDecimal("3.333333"), Optional.empty()));
    }

    @Test
    void suppressesAGroupThatIsTooSmallInOneOfTheDatasets() {
        var limits = Limits.thresholds(List.of(10, 20));

        assertThat(cell(ROWS, Results.value(55, 55, 9L, 2_000L), limits)).isEqualTo(new Cell.Suppressed());
        assertThat(cell(ROWS, Results.value(55, 55, 2_000L, 19L), limits)).isEqualTo(new Cell.Suppressed());
    }

    @Test
    void suppressesAnEmptyGroupAsAnyOtherSmallOne() {
        assertThat(cell(ROWS, Results.value(0, 0, 0L), Limits.thresholds(List.of(2))))
                .isEqualTo(new Cell.Suppressed());
    }

    /** Fifty people are in the group, but one alone has a value: the sum would be theirs. */
    @Test
    void suppressesAMeasureThatTooFewPeopleHaveAValueOf() {
        var exact = Results.single(true, SUM, Results.value(777, 1, 1L), 50L);

        var result = Guard.release(exact, Limits.thresholds(List.of(10)), Results.seeds(1));

        assertThat(result.rows().getFirst().cells()).containsExactly(new Cell.Suppressed());
    }

    @Test
    void leavesOutGroupsThatWereFoundAndAreTooSmall() {
        var small = Results.single(false, ROWS, Results.value(3, 3, 3L), 3L);
        var large = Results.single(false, ROWS, Results.value(30, 30, 30L), 30L);
        var limits = Limits.thresholds(List.of(10));

        assertThat(Guard.release(small, limits, Results.seeds(1)).rows()).isEmpty();
        assertThat(Guard.release(large, limits, Results.seeds(1)).rows()).hasSize(1);
    }

    @Test
    void withBothProtectionsNoisesWhatItDoesNotSuppress() {
        var both = Limits.both(NOISE.noise().orElseThrow(), List.of(10));

        var kept = Guard.release(Results.alike(ROWS, Results.value(500, 500, 90L), 30), both, Results.seeds(1));
        var dropped = Guard.release(Results.alike(ROWS, Results.value(9, 9, 9L), 30), both, Results.seeds(1));

        assertThat(kept.rows().stream()
                        .map(row -> released(row).value())
                        .distinct()
                        .count())
                .isGreaterThan(3);
        assertThat(dropped.rows()).allSatisfy(row -> assertThat(row.cells()).containsExactly(new Cell.Suppressed()));
    }

    @Test
    void refusesNoiseOnGroupsThatNobodyDeclared() {
        var found = Results.single(false, ROWS, Results.value(30, 30, 30L), 30L);

        assertThatThrownBy(() -> Guard.release(found, NOISE, Results.seeds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void saysWithoutDataWhetherNoiseCanBeDrawn() {
        var wide = List.<Figure>of(new Figure.Sum(Results.NAME, 0, 0, Long.MAX_VALUE));

        assertThat(Guard.supports(List.of(SUM), NOISE.noise().orElseThrow(), 5)).isTrue();
        assertThat(Guard.supports(wide, NOISE.noise().orElseThrow(), 5)).isFalse();
        assertThat(Guard.supports(List.of(MEAN), noise(1).noise().orElseThrow(), 5))
                .isFalse();
    }

    /** SC-4: neighbours differ in values alone. */
    @Test
    void printsTheSameMembersWhateverIsSuppressed() throws Malformed {
        var limits = Limits.thresholds(List.of(10));
        var kept = Guard.release(Results.alike(ROWS, Results.value(50, 50, 50L), 1), limits, Results.seeds(1));
        var dropped = Guard.release(Results.alike(ROWS, Results.value(5, 5, 5L), 1), limits, Results.seeds(1));

        assertThat(kept.canonical().toArray()).asString().isEqualTo("""
                {"columns":[{"as":"figure","kind":"ROWS","noise":null}],"dimensions":["cell"],"mode":"threshold",\
                "parley":"result/1","rows":[{"cells":[{"halfWidth95":null,"suppressed":false,"value":"50"}],\
                "group":["g0"]}]}""");
        assertThat(dropped.canonical().toArray())
                .asString()
                .contains("{\"halfWidth95\":null,\"suppressed\":true,\"value\":null}");
        assertThat(Json.parseCanonical(dropped.canonical())).isNotNull();
    }

    /** 2 groups, 3 rows. */
    private static Limits noise(long microEpsilon) {
        return Limits.noise(new Limits.Noise(List.of(microEpsilon), 2, 3));
    }

    private static Cell cell(Figure figure, ExactResult.Value value, Limits limits) {
        var exact = Results.single(true, figure, value, value.people().toArray(Long[]::new));
        return Guard.release(exact, limits, Results.seeds(1))
                .rows()
                .getFirst()
                .cells()
                .getFirst();
    }

    private static Cell.Released released(ReleasedResult.Row row) {
        return (Cell.Released) row.cells().getFirst();
    }

    private static double covered(ReleasedResult result, BigDecimal truth) {
        return result.rows().stream()
                        .map(GuardTest::released)
                        .filter(cell -> cell.value()
                                        .subtract(truth)
                                        .abs()
                                        .compareTo(cell.halfWidth95().orElseThrow())
                                <= 0)
                        .count()
                / (double) result.rows().size();
    }
}
