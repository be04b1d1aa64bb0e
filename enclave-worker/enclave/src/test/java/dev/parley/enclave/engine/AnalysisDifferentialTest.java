package dev.parley.enclave.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.enclave.privacy.SelectionKeys;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** SQL-7: the engine against a second, naive reading of the same plans, before noise. */
class AnalysisDifferentialTest {
    private static final int SOME = 200;
    private static final int ALL = 20_000;
    private static final EngineSettings SETTINGS = new EngineSettings(2, 256L << 20);
    /** Whether a run has one pass or many must not matter. */
    private static final List<Analysis> ANALYSES = List.of(new Analysis(SETTINGS), new Analysis(SETTINGS, 0));

    @Test
    void agreesWithANaiveEvaluatorOnRandomPlansAndData() {
        assertThat(LongStream.range(0, SOME)
                        .filter(AnalysisDifferentialTest::agrees)
                        .count())
                .isGreaterThan(SOME / 3);
    }

    @Test
    @Tag("nightly")
    void agreesWithANaiveEvaluatorOnTwentyThousand() {
        assertThat(LongStream.range(SOME, SOME + ALL)
                        .parallel()
                        .filter(AnalysisDifferentialTest::agrees)
                        .count())
                .isGreaterThan(ALL / 3);
    }

    /** Whether the answer, which must be that of the naive evaluator, is about anybody. */
    private static boolean agrees(long seed) {
        var random = new RandomPlans(seed);
        var shop = new RandomShop(seed);
        var mode = random.mode();
        var plan = random.plan(mode);
        var limits = Shop.limits(mode, plan, shop.upTo(3), shop.upTo(4), 2);
        var task = Shop.task(plan, limits, shop.tables());
        var seeds = Shop.seeds((int) (seed % 100));
        try {
            var exact =
                    ANALYSES.get((int) (seed % 3 / 2)).exact(task, CompiledPlan.of(plan, limits, Shop.TABLES), seeds);

            var naive = new NaiveEvaluator(task, SelectionKeys.of(seeds)).groups();
            assertThat(exact.groups()).as("seed %d, plan %s", seed, plan).isEqualTo(naive);
            return naive.stream().anyMatch(group -> group.people().getFirst() > 0);
        } catch (EngineFailure e) {
            throw new AssertionError("seed " + seed + ", plan " + plan, e);
        }
    }
}
