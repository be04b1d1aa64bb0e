package dev.parley.enclave.engine;

import dev.parley.enclave.privacy.Guard;
import dev.parley.enclave.privacy.Limits;
import dev.parley.policy.bundle.ColumnType;
import dev.parley.policy.bundle.Dataset;
import dev.parley.policy.check.EffectiveLimits;
import dev.parley.policy.plan.Plan;
import dev.parley.protocol.room.DatasetId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A plan as it will be executed; made without data, so that what is refused here is refused before anything is charged.
 *
 * @param scans of the left dataset, and of the right one where there is a join
 * @param keepsUnmatched whether people of the left dataset stay who are not in the right one
 */
record CompiledPlan(Limits limits, Grouping grouping, Measures measures, List<ScanPlan> scans, boolean keepsUnmatched) {
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

        var scans = new ArrayList<ScanPlan>();
        scans.add(ScanPlan.of(plan.left(), columns, grouping, measures));
        if (plan.join().isPresent()) {
            scans.add(ScanPlan.of(plan.join().get().right(), columns, grouping, measures));
        }
        return new CompiledPlan(limits, grouping, measures, scans, keepsUnmatched(plan, scans.getLast()));
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

    /** A condition or a dimension of the right dataset never holds for those who are not in it. */
    private static boolean keepsUnmatched(Plan plan, ScanPlan right) {
        return plan.join().isPresent()
                && plan.join().get().kind() == Plan.Join.Kind.LEFT
                && right.filters().isEmpty()
                && right.digits().isEmpty();
    }

    boolean joins() {
        return scans.size() == 2;
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
