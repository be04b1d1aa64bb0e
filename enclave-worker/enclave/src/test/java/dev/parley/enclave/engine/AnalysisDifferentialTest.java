package dev.parley.enclave.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.enclave.privacy.SelectionKeys;
import java.util.List;
import org.junit.jupiter.api.Test;

/** SQL-7: the engine against a second, naive reading of the same plans, before noise. */
class AnalysisDifferentialTest {
    private static final int PLANS = 300;
    private static final EngineSettings SETTINGS = new EngineSettings(2, 256L << 20);

    @Test
    void agreesWithANaiveEvaluatorOnRandomPlansAndData() throws EngineFailure {
        // Whether a run has one pass or many must not matter.
        var analyses = List.of(new Analysis(SETTINGS), new Analysis(SETTINGS, 0));
        int withPeople = 0;

        for (int seed = 0; seed < PLANS; seed++) {
            var random = new RandomShop(seed);
            var mode = random.mode();
            var plan = random.plan(mode);
            var limits = Shop.limits(mode, plan, random.upTo(3), random.upTo(4), 2);
            var task = Shop.task(plan, limits, random.customers(), random.exposures());
            var seeds = Shop.seeds(seed % 100);

            var exact = analyses.get(seed % 3 / 2).exact(task, CompiledPlan.of(plan, limits, Shop.TABLES), seeds);

            var naive = new NaiveEvaluator(task, SelectionKeys.of(seeds)).groups();
            assertThat(exact.groups()).as("seed %d, plan %s", seed, plan).isEqualTo(naive);
            withPeople += naive.stream().anyMatch(group -> group.people().getFirst() > 0) ? 1 : 0;
        }

        assertThat(withPeople).isGreaterThan(PLANS / 3);
    }
}
