package dev.parley.enclave.engine;

import dev.parley.enclave.privacy.Excerpts;
import dev.parley.enclave.privacy.Guard;
import dev.parley.enclave.privacy.Limits;
import dev.parley.policy.bundle.ColumnType;
import dev.parley.policy.bundle.Dataset;
import dev.parley.policy.check.EffectiveLimits;
import dev.parley.policy.plan.Excerpt;
import dev.parley.policy.plan.Plan;
import dev.parley.protocol.room.DatasetId;
import java.util.List;
import java.util.Map;

/**
 * A plan as it will be executed; made without data, so that what is refused here is refused before anything is charged.
 *
 * @param scans of the dataset that the plan is from, and of those that it joins
 * @param excerpt what of the released result is shown
 */
record CompiledPlan(Limits limits, Grouping grouping, Measures measures, List<ScanPlan> scans, Excerpt excerpt) {
    CompiledPlan {
        scans = List.copyOf(scans);
    }

    static CompiledPlan of(Plan plan, EffectiveLimits effective, Map<DatasetId, Dataset> datasets)
            throws EngineFailure {
        var limits = Limits.of(effective, plan.datasets());
        boolean noise = limits.noise().isPresent();
        var columns = PlanColumns.of(plan, datasets);
        var grouping = Grouping.of(columns, noise);
        var measures = Measures.of(columns, noise);
        checkNoise(limits, grouping, measures);
        if (!Excerpts.supports(plan)) {
            throw new EngineFailure(EngineFailure.Code.PLAN_UNSUPPORTED);
        }
        return new CompiledPlan(
                limits, grouping, measures, ScanPlanner.scans(columns, grouping, measures), plan.excerpt());
    }

    private static void checkNoise(Limits limits, Grouping grouping, Measures measures) throws EngineFailure {
        if (limits.noise().isEmpty()) {
            return;
        }
        var noise = limits.noise().get();
        if (noise.microEpsilon().size() != measures.figures().size()) {
            throw new EngineFailure(EngineFailure.Code.PLAN_UNSUPPORTED);
        }
        if (!Guard.supports(measures.figures(), noise, grouping.size())) {
            throw new EngineFailure(EngineFailure.Code.NOISE_UNSUPPORTED);
        }
    }

    /** Whether a person can be in more groups than the limits allow. */
    boolean boundsGroups() {
        return limits.noise().map(noise -> noise.maxGroups() < grouping.size()).orElse(false);
    }

    /** Refuses sealed data that does not have the columns which the policy bundle promised. */
    void checkSchemas(Map<DatasetId, Dataset> datasets, Map<DatasetId, TableSource> sources) throws EngineFailure {
        for (var scan : scans) {
            var promised = datasets.get(scan.dataset());
            var sealed = sources.get(scan.dataset());
            if (promised == null || sealed == null) {
                throw new EngineFailure(EngineFailure.Code.SCHEMA_MISMATCH);
            }
            for (var name : scan.columns()) {
                ColumnType expected = promised.column(name).orElseThrow().type();
                if (!expected.equals(sealed.columns().get(name))) {
                    throw new EngineFailure(EngineFailure.Code.SCHEMA_MISMATCH);
                }
            }
        }
    }
}
