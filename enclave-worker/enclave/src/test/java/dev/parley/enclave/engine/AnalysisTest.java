package dev.parley.enclave.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.enclave.privacy.Cell;
import dev.parley.enclave.privacy.ExactResult;
import dev.parley.policy.bundle.ColumnType;
import dev.parley.policy.bundle.ReleaseMode;
import dev.parley.policy.check.EffectiveLimits;
import dev.parley.policy.plan.ColumnName;
import dev.parley.policy.plan.Condition;
import dev.parley.policy.plan.Literal;
import dev.parley.policy.plan.Plan;
import dev.parley.policy.query.BoundQuery;
import dev.parley.protocol.room.TemplateId;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnalysisTest {
    private static final EngineSettings SETTINGS = new EngineSettings(2, 512L << 20);
    private static final Analysis ANALYSIS = new Analysis(SETTINGS);
    private static final Plan SPEND = Shop.joined(
            Plan.Join.Kind.INNER,
            List.of(),
            List.of(Shop.customers("segment"), Shop.exposures("channel")),
            List.of(Shop.rows(), Shop.people(), Shop.sum(Shop.customers("spend")), Shop.mean(Shop.exposures("cost"))));

    @Test
    void givesTheSameBytesWhateverTheThreadsAndTheOrderOfRows() throws EngineFailure {
        var shop = new RandomShop(42);
        var customers = shop.customers().with(shop.customers().contents());
        var exposures = shop.exposures().with(shop.exposures().contents());
        var limits = Shop.limits(ReleaseMode.DP, SPEND, 2, 2, 2);
        var expected = ANALYSIS.run(Shop.task(SPEND, limits, customers, exposures), Shop.seeds(1))
                .canonical();

        for (int i = 0; i < 8; i++) {
            var task = Shop.task(SPEND, limits, customers.shuffled(i), exposures.shuffled(i + 100));
            var analysis = new Analysis(new EngineSettings(1 + i % 4, 512L << 20));

            assertThat(analysis.run(task, Shop.seeds(1)).canonical()).isEqualTo(expected);
        }
    }

    /** Which rows are kept depends on the seeds, so that nobody can shape rows that are. */
    @Test
    void keepsOtherRowsUnderOtherSeeds() throws EngineFailure {
        var limits = Shop.limits(ReleaseMode.DP, SPEND, 1, 1, 2);
        var heavy = shop(List.of(), heavyUser(300, 6));
        var task = Shop.task(SPEND, limits, heavy.customers(), heavy.exposures());

        var results =
                IntStream.range(0, 6).mapToObj(i -> exact(task, i).groups()).distinct();

        assertThat(results.count()).isGreaterThan(1);
    }

    /** RT-9: whatever one person's rows are, the figures before noise move by no more than the noise is made for. */
    @ParameterizedTest
    @CsvSource({"1, 1, 1, 1", "10, 1, 2, 3", "10, 6, 2, 3", "10000, 1, 2, 3", "10000, 6, 2, 3", "10000, 6, 6, 1"})
    void onePersonMovesNoFigureByMoreThanTheBounds(int rows, int groups, int maxGroups, int maxRows) {
        var limits = Shop.limits(ReleaseMode.DP, SPEND, maxGroups, maxRows, 2);
        var quiet = shop(List.of(), List.of());
        var loud = shop(List.of(), heavyUser(rows, groups));
        var without = exact(Shop.task(SPEND, limits, quiet.customers(), quiet.exposures()), 3);

        var with = exact(Shop.task(SPEND, limits, loud.customers(), loud.exposures()), 3);

        assertThat(moved(without, with, 0)).isBetween(1L, (long) maxGroups * maxRows);
        assertThat(moved(without, with, 1)).isBetween(1L, (long) maxGroups);
        // 120.50 at most, in cents.
        assertThat(moved(without, with, 2)).isBetween(1L, (long) maxGroups * maxRows * 12_050);
        assertThat(changedGroups(without, with)).isLessThanOrEqualTo(maxGroups);
    }

    /** The same person many times on both sides: 40 rows meet 50, and 2,000 come out of the join. */
    @Test
    void boundsWhatAJoinOfManyToManyMultiplies() {
        var limits = Shop.limits(ReleaseMode.DP, SPEND, 2, 3, 2);
        var quiet = shop(List.of(), List.of());
        var customers = quiet.customers().with(times(40, i -> customer("heavy", "new", 100L + i)));
        var exposures = quiet.exposures().with(times(50, i -> exposure("heavy", i % 2 == 0 ? "web" : "app", i)));
        var without = exact(Shop.task(SPEND, limits, quiet.customers(), quiet.exposures()), 3);

        var with = exact(Shop.task(SPEND, limits, customers, exposures), 3);

        assertThat(moved(without, with, 0)).isEqualTo(6);
        assertThat(moved(without, with, 1)).isEqualTo(2);
    }

    @Test
    void countsNobodyForRowsWithoutAnIdentity() {
        var limits = Shop.limits(ReleaseMode.DP, SPEND, 2, 3, 2);
        var quiet = shop(List.of(), List.of());
        var nameless = quiet.customers().with(List.of(Shop.row("segment", "new", "spend", 500L)));
        var nowhere = quiet.exposures().with(List.of(Shop.row("channel", "web", "clicks", 3L)));

        var with = exact(Shop.task(SPEND, limits, nameless, nowhere), 3);

        assertThat(with).isEqualTo(exact(Shop.task(SPEND, limits, quiet.customers(), quiet.exposures()), 3));
    }

    @Test
    void listsEveryGroupOfTheDomainEvenWithoutData() throws EngineFailure {
        var limits = Shop.limits(ReleaseMode.DP, SPEND, 2, 3, 2);
        var nobody = new MemoryTable(Shop.CUSTOMERS_TABLE, List.of(), 10);
        var none = new MemoryTable(Shop.EXPOSURES_TABLE, List.of(), 10);

        var result = ANALYSIS.run(Shop.task(SPEND, limits, nobody, none), Shop.seeds(1));

        assertThat(result.rows())
                .extracting(row -> String.join("/", row.group()))
                .containsExactly("new/web", "new/app", "loyal/web", "loyal/app", "lapsed/web", "lapsed/app");
        assertThat(result.rows())
                .allSatisfy(row -> assertThat(row.cells()).hasSize(4).allMatch(Cell.Released.class::isInstance));
    }

    /** Twelve joined rows of three people are three people, and a left join does not make the right side's more. */
    @Test
    void countsPeopleOfEachDatasetAndNotJoinedRowsAgainstTheThreshold() throws EngineFailure {
        var plan = Shop.joined(Plan.Join.Kind.LEFT, List.of(), List.of(), List.of(Shop.rows(), Shop.people()));
        var customers = new MemoryTable(Shop.CUSTOMERS_TABLE, times(30, i -> customer("person-" + i, "new", 100L)), 7);
        var exposures = new MemoryTable(Shop.EXPOSURES_TABLE, times(40, i -> exposure("person-" + i % 4, "web", i)), 7);

        assertThat(cells(plan, 4, customers, exposures)).containsExactly(released("66"), released("30"));
        assertThat(cells(plan, 5, customers, exposures)).containsExactly(new Cell.Suppressed(), new Cell.Suppressed());
    }

    @Test
    void suppressesSmallGroupsAndNeverShowsThemAsZero() throws EngineFailure {
        var plan = Shop.alone(List.of(), List.of(Shop.customers("segment")), List.of(Shop.people()));
        var rows = times(12, i -> customer("person-" + i, i < 9 ? "new" : "loyal", 100L));
        var customers = new MemoryTable(Shop.CUSTOMERS_TABLE, rows, 5);
        var limits = Shop.limits(ReleaseMode.THRESHOLD, plan, 1, 1, 5);

        var result = ANALYSIS.run(
                Shop.task(plan, limits, customers, new MemoryTable(Shop.EXPOSURES_TABLE, List.of(), 5)), Shop.seeds(1));

        assertThat(result.rows())
                .extracting(row -> row.cells().getFirst())
                .containsExactly(released("9"), new Cell.Suppressed(), new Cell.Suppressed());
    }

    /** Towns have no declared domain: the name of a town with two people in it does not leave. */
    @Test
    void listsGroupsThatWereFoundOnlyWhereTheyAreLargeEnough() throws EngineFailure {
        var plan = Shop.alone(List.of(), List.of(Shop.customers("town")), List.of(Shop.people()));
        var rows = times(12, i -> Shop.row("email", "p" + i, "town", i < 6 ? "Ulm" : i < 10 ? "Jena" : "Hiddensee"));
        var customers = new MemoryTable(Shop.CUSTOMERS_TABLE, rows, 5);
        var limits = Shop.limits(ReleaseMode.THRESHOLD, plan, 1, 1, 4);

        var result = ANALYSIS.run(
                Shop.task(plan, limits, customers, new MemoryTable(Shop.EXPOSURES_TABLE, List.of(), 5)), Shop.seeds(1));

        assertThat(result.rows()).extracting(row -> row.group().getFirst()).containsExactly("Jena", "Ulm");
        assertThat(result.canonical().toArray()).asString().doesNotContain("Hiddensee");
    }

    @Test
    void refusesWithoutDataWhatItCannotRun() {
        var found = Shop.alone(List.of(), List.of(Shop.customers("town")), List.of(Shop.people()));
        var unbounded = Shop.alone(List.of(), List.of(), List.of(Shop.sum(Shop.customers("points"))));
        var unknown = Shop.alone(List.of(), List.of(Shop.customers("nothing")), List.of(Shop.people()));
        var otherType = Shop.alone(
                List.of(new Condition.Compare(
                        Shop.customers("age"), Condition.Operator.EQUAL, new Literal.Text("x' OR 1=1"))),
                List.of(),
                List.of(Shop.people()));

        for (var plan : List.of(found, unbounded, unknown, otherType)) {
            assertThat(refusal(plan, Shop.limits(ReleaseMode.DP, plan, 1, 1, 2)))
                    .hasValue(EngineFailure.Code.PLAN_UNSUPPORTED);
        }
        assertThat(refusal(SPEND, Shop.limits(ReleaseMode.DP, SPEND, 1, 1, 2))).isEmpty();
    }

    @Test
    void refusesDataWithOtherColumnsThanThePolicySays() {
        var limits = Shop.limits(ReleaseMode.DP, SPEND, 1, 1, 2);
        var shop = shop(List.of(), List.of());
        var wrong = new Table(shop.customers(), false) {
            @Override
            public Map<ColumnName, ColumnType> columns() {
                return Map.of(new ColumnName("email"), new ColumnType.Identity());
            }
        };

        var failure = failure(SPEND, limits, wrong, shop.exposures());

        assertThat(failure.code()).isEqualTo(EngineFailure.Code.SCHEMA_MISMATCH);
    }

    @Test
    void failsWithACodeWhenABlockDoesNotOpen() {
        var limits = Shop.limits(ReleaseMode.DP, SPEND, 1, 1, 2);
        var shop = shop(List.of(), List.of());

        var failure = failure(SPEND, limits, new Table(shop.customers(), true), shop.exposures());

        assertThat(failure.code()).isEqualTo(EngineFailure.Code.DATA_UNREADABLE);
    }

    /** SQL-5 and SC-5: running out of memory ends in the one code for whatever depends on data, with nothing beside it. */
    @Test
    void surfacesNothingOfTheDataWhenTheEngineFails() {
        var limits = Shop.limits(ReleaseMode.DP, SPEND, 2, 3, 2);
        var customers = new Crowd(Shop.CUSTOMERS_TABLE, 1_500_000);
        var exposures = new Crowd(Shop.EXPOSURES_TABLE, 1_500_000);
        var small = new Analysis(new EngineSettings(2, 64L << 20), Long.MAX_VALUE);

        var failure = catchThrowableOfType(
                EngineFailure.class, () -> small.run(Shop.task(SPEND, limits, customers, exposures), Shop.seeds(1)));

        assertThat(failure.code()).isEqualTo(EngineFailure.Code.RUN_FAILED);
        var printed = new StringWriter();
        failure.printStackTrace(new PrintWriter(printed));
        assertThat(printed.toString().strip()).isEqualTo("dev.parley.enclave.engine.EngineFailure: RUN_FAILED");
        assertThat(failure.getSuppressed()).isEmpty();
    }

    private record Data(MemoryTable customers, MemoryTable exposures) {}

    /** Twenty quiet people, and what is added. */
    private static Data shop(List<Map<String, Object>> exposures, List<Map<String, Object>> customers) {
        var quietCustomers = times(20, i -> customer("person-" + i, Shop.SEGMENTS.get(i % 3), i * 10L));
        var quietExposures = new ArrayList<>(times(20, i -> exposure("person-" + i, Shop.CHANNELS.get(i % 2), i)));
        quietExposures.add(exposure("heavy", "web", 5));
        quietExposures.add(exposure("heavy", "app", 5));
        return new Data(
                new MemoryTable(Shop.CUSTOMERS_TABLE, quietCustomers, 1_000).with(customers),
                new MemoryTable(Shop.EXPOSURES_TABLE, quietExposures, 1_000).with(exposures));
    }

    /** One person's rows, as far apart from each other and from the bounds as can be. */
    private static List<Map<String, Object>> heavyUser(int rows, int groups) {
        return times(rows, i -> customer("heavy", Shop.SEGMENTS.get(i % Math.min(3, groups)), 1_000_000L + i));
    }

    private static Map<String, Object> customer(String person, String segment, long spend) {
        return Shop.row("email", person, "segment", segment, "spend", spend);
    }

    private static Map<String, Object> exposure(String person, String channel, long cost) {
        return Shop.row("mail", person, "channel", channel, "cost", cost, "clicks", 1L);
    }

    private static <T> List<T> times(int count, java.util.function.IntFunction<T> each) {
        return IntStream.range(0, count).mapToObj(each).toList();
    }

    private static ExactResult exact(AnalysisTask task, int seed) {
        try {
            var compiled = CompiledPlan.of(task.query().plan(), task.limits(), task.datasets());
            return ANALYSIS.exact(task, compiled, Shop.seeds(seed));
        } catch (EngineFailure e) {
            throw new AssertionError(e);
        }
    }

    private static Optional<EngineFailure.Code> refusal(Plan plan, EffectiveLimits limits) {
        return Analysis.refusal(new BoundQuery(new TemplateId("test"), plan), limits, Shop.TABLES);
    }

    private static EngineFailure failure(Plan plan, EffectiveLimits limits, TableSource customers, TableSource other) {
        var task = Shop.task(plan, limits, customers, other);
        return catchThrowableOfType(EngineFailure.class, () -> ANALYSIS.run(task, Shop.seeds(1)));
    }

    private static List<Cell> cells(Plan plan, int k, MemoryTable customers, MemoryTable exposures)
            throws EngineFailure {
        var limits = Shop.limits(ReleaseMode.THRESHOLD, plan, 1, 1, k);
        return ANALYSIS.run(Shop.task(plan, limits, customers, exposures), Shop.seeds(1))
                .rows()
                .getFirst()
                .cells();
    }

    private static Cell released(String value) {
        return new Cell.Released(new BigDecimal(value), Optional.empty());
    }

    private static long moved(ExactResult a, ExactResult b, int figure) {
        return IntStream.range(0, a.groups().size())
                .mapToLong(i -> total(b, i, figure) - total(a, i, figure))
                .map(Math::abs)
                .sum();
    }

    private static long total(ExactResult result, int group, int figure) {
        return result.groups().get(group).values().get(figure).total().longValueExact();
    }

    private static long changedGroups(ExactResult a, ExactResult b) {
        return IntStream.range(0, a.groups().size())
                .filter(i -> !a.groups().get(i).equals(b.groups().get(i)))
                .count();
    }

    /** A table that another stands behind, and that may fail to open its last block. */
    private static class Table implements TableSource {
        private final TableSource source;
        private final boolean broken;

        Table(TableSource source, boolean broken) {
            this.source = source;
            this.broken = broken;
        }

        @Override
        public Map<ColumnName, ColumnType> columns() {
            return source.columns();
        }

        @Override
        public int blocks() {
            return source.blocks();
        }

        @Override
        public long rows() {
            return source.rows();
        }

        @Override
        public void verify() throws UnreadableBlock {
            source.verify();
        }

        @Override
        public TableBlock block(int index, List<ColumnName> wanted) throws UnreadableBlock {
            if (broken && index == source.blocks() - 1) {
                throw new UnreadableBlock();
            }
            return source.block(index, wanted);
        }
    }
}
