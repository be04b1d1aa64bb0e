package dev.parley.policy.check;

import static java.util.Objects.requireNonNull;

import dev.parley.policy.bundle.Budget;
import dev.parley.policy.bundle.ReleaseMode;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.room.DatasetId;
import dev.parley.protocol.room.LineageId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The limits under which a query runs: of all parties' the strictest. They depend on template and bundle alone, never on
 * data, parameters or who asks.
 *
 * @param mode how the result may leave
 * @param microEpsilon the cost of the whole run, charged once to each lineage of {@code charged}; 0 without noise
 * @param microEpsilonPerAggregate the share of each of the plan's aggregates, in their order; empty without noise
 * @param maxGroupsPerPerson to how many groups one person adds
 * @param maxRowsPerGroupPerPerson with how many rows each
 * @param thresholds least people of each dataset behind a released group; empty without thresholds
 * @param charged every dataset of the plan and the lineage whose budget pays
 * @param quotas what brokers keep across runs
 * @param sources for each limit in force, the place of the rule that sets it, {@code file#path}
 */
public record EffectiveLimits(
        ReleaseMode mode,
        long microEpsilon,
        List<Long> microEpsilonPerAggregate,
        int maxGroupsPerPerson,
        int maxRowsPerGroupPerPerson,
        Map<DatasetId, Integer> thresholds,
        Map<DatasetId, LineageId> charged,
        Quotas quotas,
        Map<String, String> sources) {

    public EffectiveLimits {
        requireNonNull(mode);
        requireNonNull(quotas);
        microEpsilonPerAggregate = List.copyOf(microEpsilonPerAggregate);
        thresholds = Map.copyOf(thresholds);
        charged = Map.copyOf(charged);
        sources = Map.copyOf(sources);
        if (mode.addsNoise() == microEpsilonPerAggregate.isEmpty() || mode.addsNoise() != microEpsilon > 0) {
            throw new IllegalArgumentException("a run has a cost exactly where its mode adds noise");
        }
        if (microEpsilonPerAggregate.stream().mapToLong(Long::longValue).sum() > microEpsilon) {
            throw new IllegalArgumentException("the shares are more than the cost");
        }
        if (mode.needsThresholds() && !thresholds.keySet().equals(charged.keySet())) {
            throw new IllegalArgumentException("every dataset needs a threshold");
        }
        if (maxGroupsPerPerson < 1 || maxRowsPerGroupPerPerson < 1) {
            throw new IllegalArgumentException("a person adds to at least one group with one row");
        }
    }

    /**
     * Limits across runs.
     *
     * @param maxExecutionsPerQuery how often the same query may be executed in all
     * @param maxRunsPerDayPerRunner releases in one UTC day for one runner, if limited
     * @param budgets of each charged lineage; empty without noise
     */
    public record Quotas(
            int maxExecutionsPerQuery, Optional<Integer> maxRunsPerDayPerRunner, Map<LineageId, Budget> budgets) {
        public Quotas {
            requireNonNull(maxRunsPerDayPerRunner);
            budgets = Map.copyOf(budgets);
        }
    }

    /** As a receipt states them: {@code docs/spec/receipt.md} §1. */
    public Json.Obj json() {
        var thresholdOf = Json.object();
        thresholds.keySet().stream()
                .sorted(Comparator.comparing(DatasetId::value))
                .forEach(dataset -> thresholdOf.put(dataset.value(), (long) requireNonNull(thresholds.get(dataset))));
        var lineageOf = Json.object();
        charged.keySet().stream()
                .sorted(Comparator.comparing(DatasetId::value))
                .forEach(dataset -> lineageOf.put(
                        dataset.value(), requireNonNull(charged.get(dataset)).value()));
        var sourceOf = Json.object();
        sources.keySet().stream().sorted().forEach(limit -> sourceOf.put(limit, sources.get(limit)));
        return Json.object()
                .put("mode", mode.text())
                .put("microEpsilon", microEpsilon)
                .put("microEpsilonPerAggregate", Json.array(microEpsilonPerAggregate, Json::of))
                .put("maxGroupsPerPerson", maxGroupsPerPerson)
                .put("maxRowsPerGroupPerPerson", maxRowsPerGroupPerPerson)
                .put("thresholds", thresholdOf.build())
                .put("charged", lineageOf.build())
                .put("sources", sourceOf.build())
                .build();
    }
}
