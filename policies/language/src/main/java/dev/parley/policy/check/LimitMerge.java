package dev.parley.policy.check;

import dev.parley.policy.bundle.Budget;
import dev.parley.policy.bundle.Dataset;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.policy.bundle.Privacy;
import dev.parley.policy.bundle.Template;
import dev.parley.policy.check.EffectiveLimits.Quotas;
import dev.parley.protocol.room.DatasetId;
import dev.parley.protocol.room.LineageId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Of all parties' limits the strictest, each with the place of the rule that set it. */
final class LimitMerge {
    /** The smallest share that a figure can be noised with: epsilon 0.001. */
    static final long MIN_SHARE = 1_000;

    private final PolicyBundle bundle;
    private final Template template;
    private final Refusals refusals;
    private final Map<String, String> sources = new LinkedHashMap<>();

    LimitMerge(PolicyBundle bundle, Template template, Refusals refusals) {
        this.bundle = bundle;
        this.template = template;
        this.refusals = refusals;
    }

    /** The plan has passed {@link PlanRules}: its datasets exist. */
    Optional<EffectiveLimits> merge() {
        var datasets = template.plan().datasets().stream()
                .map(id -> bundle.dataset(id).orElseThrow())
                .toList();
        checkStated(datasets);
        checkModes();
        if (!refusals.isEmpty()) {
            return Optional.empty();
        }
        var charged = new LinkedHashMap<DatasetId, LineageId>();
        datasets.forEach(dataset -> charged.put(dataset.id(), dataset.lineage()));
        var cost = template.mode().addsNoise() ? cost() : 0;
        var shares =
                template.mode().addsNoise() ? EpsilonShares.of(template.plan().aggregates(), cost) : List.<Long>of();
        checkShares(shares);
        var thresholds = thresholds(datasets);
        var budgets = budgets(datasets, cost);
        if (!refusals.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new EffectiveLimits(
                template.mode(),
                cost,
                shares,
                (int) least(
                        "maxGroupsPerPerson", "perRun", p -> (long) p.perRun().maxGroupsPerPerson()),
                (int) least("maxRowsPerGroupPerPerson", "perRun", p ->
                        (long) p.perRun().maxRowsPerGroupPerPerson()),
                thresholds,
                charged,
                quotas(budgets),
                sources));
    }

    /** Default deny: data whose owner states no limits is not queried. */
    private void checkStated(List<Dataset> datasets) {
        for (var dataset : datasets) {
            if (bundle.privacy(dataset.owner()).isEmpty()) {
                refusals.unstated(
                        RefusalCode.NO_PRIVACY_LIMITS, dataset, "modes", "limits that " + dataset.owner() + " states");
            }
        }
    }

    private void checkModes() {
        for (var limits : bundle.privacy()) {
            if (!limits.modes().contains(template.mode())) {
                var allowed = limits.modes().stream().map(mode -> mode.text()).toList();
                refusals.limits(RefusalCode.RELEASE_MODE_FORBIDDEN, limits, "modes", "mode " + allowed);
            }
        }
        sources.put("mode", template.source() + "#mode");
    }

    private long cost() {
        var parties = least("microEpsilon", "perRun/maxEpsilon", p -> p.perRun().maxMicroEpsilon());
        if (template.maxMicroEpsilon() < parties) {
            sources.put("microEpsilon", template.source() + "#maxEpsilon");
        }
        return Math.min(parties, template.maxMicroEpsilon());
    }

    private void checkShares(List<Long> shares) {
        if (shares.stream().anyMatch(share -> share < MIN_SHARE)) {
            refusals.template(
                    RefusalCode.EPSILON_TOO_SMALL,
                    template,
                    "maxEpsilon",
                    "at least epsilon 0.001 for each figure, and for a mean 0.002");
        }
    }

    private Map<DatasetId, Integer> thresholds(List<Dataset> datasets) {
        var thresholds = new LinkedHashMap<DatasetId, Integer>();
        if (!template.mode().needsThresholds()) {
            return thresholds;
        }
        for (var dataset : datasets) {
            for (var limits : bundle.privacy()) {
                limits.threshold(dataset.id()).ifPresent(stated -> {
                    if (stated.people() > thresholds.getOrDefault(dataset.id(), 0)) {
                        thresholds.put(dataset.id(), stated.people());
                        sources.put("thresholds/" + dataset.id(), limits.rule("thresholds/" + dataset.id()));
                    }
                });
            }
            if (!thresholds.containsKey(dataset.id())) {
                refusals.unstated(
                        RefusalCode.THRESHOLD_NOT_STATED,
                        dataset,
                        "thresholds/" + dataset.id(),
                        "a threshold of at least 2 people");
            }
        }
        return thresholds;
    }

    private Map<LineageId, Budget> budgets(List<Dataset> datasets, long cost) {
        var budgets = new LinkedHashMap<LineageId, Budget>();
        if (!template.mode().addsNoise()) {
            return budgets;
        }
        for (var dataset : datasets) {
            var limits = bundle.privacy(dataset.owner()).orElseThrow();
            var path = "budgets/" + dataset.lineage();
            var budget = limits.budget(dataset.lineage());
            if (budget.isEmpty()) {
                refusals.limits(RefusalCode.BUDGET_NOT_STATED, limits, path, "a budget for its people");
            } else if (budget.get().microEpsilon() < cost) {
                refusals.limits(RefusalCode.EPSILON_OVER_LINEAGE_BUDGET, limits, path, "a run within the whole budget");
            } else {
                budgets.put(dataset.lineage(), budget.get());
                sources.put(path, limits.rule(path));
            }
        }
        return budgets;
    }

    private Quotas quotas(Map<LineageId, Budget> budgets) {
        var executions = (int) least(
                "maxExecutionsPerQuery", "repeats", p -> (long) p.repeats().maxExecutionsPerQuery());
        Optional<Integer> runs = Optional.empty();
        for (var limits : bundle.privacy()) {
            var stated = limits.repeats().maxRunsPerDayPerRunner();
            if (stated.isPresent() && (runs.isEmpty() || stated.get() < runs.get())) {
                runs = stated;
                sources.put("maxRunsPerDayPerRunner", limits.rule("repeats/maxRunsPerDayPerRunner"));
            }
        }
        return new Quotas(executions, runs, budgets);
    }

    private long least(String limit, String path, Function<Privacy, Long> value) {
        var least = Long.MAX_VALUE;
        for (var limits : bundle.privacy()) {
            if (value.apply(limits) < least) {
                least = value.apply(limits);
                sources.put(limit, limits.rule(path.contains("/") ? path : path + "/" + limit));
            }
        }
        return least;
    }
}
