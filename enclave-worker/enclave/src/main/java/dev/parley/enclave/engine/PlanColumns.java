package dev.parley.enclave.engine;

import static java.util.Objects.requireNonNull;

import dev.parley.policy.bundle.Column;
import dev.parley.policy.bundle.Dataset;
import dev.parley.policy.plan.ColumnRef;
import dev.parley.policy.plan.Condition;
import dev.parley.policy.plan.Plan;
import dev.parley.protocol.room.DatasetId;
import java.util.List;
import java.util.Map;

/** A plan beside the descriptions of its datasets. */
record PlanColumns(Plan plan, Map<DatasetId, Dataset> datasets) {
    /** Refuses a plan whose identities are not the people of their datasets, or that joins a dataset with itself. */
    static PlanColumns of(Plan plan, Map<DatasetId, Dataset> datasets) throws EngineFailure {
        var columns = new PlanColumns(plan, Map.copyOf(datasets));
        columns.checkPeople(plan.from());
        for (var join : plan.joins()) {
            columns.checkPeople(join.right());
        }
        List<DatasetId> used = plan.datasets();
        if (used.stream().distinct().count() != used.size()) {
            throw new EngineFailure(EngineFailure.Code.PLAN_UNSUPPORTED);
        }
        for (var condition : plan.where()) {
            columns.datasetOf(condition);
        }
        return columns;
    }

    /** The one dataset that a condition is about. */
    DatasetId datasetOf(Condition condition) throws EngineFailure {
        var datasets = condition.tests().stream()
                .map(test -> test.column().dataset())
                .distinct()
                .toList();
        if (datasets.size() != 1) {
            throw new EngineFailure(EngineFailure.Code.PLAN_UNSUPPORTED);
        }
        return datasets.getFirst();
    }

    Column column(ColumnRef reference) throws EngineFailure {
        var dataset = datasets.get(reference.dataset());
        if (dataset == null || !plan.datasets().contains(reference.dataset())) {
            throw new EngineFailure(EngineFailure.Code.PLAN_UNSUPPORTED);
        }
        return dataset.column(reference.column())
                .orElseThrow(() -> new EngineFailure(EngineFailure.Code.PLAN_UNSUPPORTED));
    }

    private void checkPeople(ColumnRef identity) throws EngineFailure {
        var unit = column(identity).name();
        if (!requireNonNull(datasets.get(identity.dataset())).privacyUnit().equals(unit)) {
            throw new EngineFailure(EngineFailure.Code.PLAN_UNSUPPORTED);
        }
    }
}
