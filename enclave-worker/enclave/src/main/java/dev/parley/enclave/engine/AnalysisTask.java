package dev.parley.enclave.engine;

import static java.util.Objects.requireNonNull;

import dev.parley.policy.bundle.Dataset;
import dev.parley.policy.check.EffectiveLimits;
import dev.parley.policy.query.BoundQuery;
import dev.parley.protocol.room.DatasetId;
import java.util.Map;

/**
 * What is to be run: a plan that the policy checker allowed, under the limits that it gave.
 *
 * @param query the template's plan, without parameters
 * @param limits the checker's
 * @param datasets as the policy bundle describes them; those of the plan at least
 * @param sources the opened data of each dataset of the plan
 */
public record AnalysisTask(
        BoundQuery query,
        EffectiveLimits limits,
        Map<DatasetId, Dataset> datasets,
        Map<DatasetId, TableSource> sources) {
    public AnalysisTask {
        requireNonNull(query);
        requireNonNull(limits);
        datasets = Map.copyOf(datasets);
        sources = Map.copyOf(sources);
        for (var dataset : query.plan().datasets()) {
            if (!datasets.containsKey(dataset) || !sources.containsKey(dataset)) {
                throw new IllegalArgumentException("every dataset of the plan needs its description and its data");
            }
        }
    }
}
