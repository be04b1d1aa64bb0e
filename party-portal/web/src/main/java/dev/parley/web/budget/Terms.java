package dev.parley.web.budget;

import static java.util.Objects.requireNonNull;

import dev.parley.policy.bundle.Budget;
import dev.parley.policy.bundle.Budget.Period;
import dev.parley.policy.bundle.ReleaseMode;
import dev.parley.policy.check.EffectiveLimits;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.room.LineageId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The limits across runs under which a run was allowed.
 *
 * @param exact whether the result leaves without noise
 * @param maxReleases of one query in all
 * @param maxRunsPerDay for one runner in a room, if limited
 * @param budgets of the lineages that pay
 */
public record Terms(boolean exact, int maxReleases, Optional<Integer> maxRunsPerDay, Map<LineageId, Budget> budgets) {
    public Terms {
        requireNonNull(maxRunsPerDay);
        budgets = Map.copyOf(budgets);
    }

    /** As far as they concern these lineages. */
    public static Terms of(EffectiveLimits limits, Collection<LineageId> lineages) {
        var quotas = limits.quotas();
        var budgets = quotas.budgets().values().stream()
                .filter(budget -> lineages.contains(budget.lineage()))
                .collect(Collectors.toMap(Budget::lineage, Function.identity()));
        return new Terms(
                limits.mode() == ReleaseMode.THRESHOLD,
                quotas.maxExecutionsPerQuery(),
                quotas.maxRunsPerDayPerRunner(),
                budgets);
    }

    static Terms read(Fields fields) throws Malformed {
        var runs = (int) fields.integer("maxRunsPerDay", 0, Integer.MAX_VALUE);
        List<Budget> budgets = fields.objects(
                "budgets",
                budget -> new Budget(
                        budget.text("lineage", LineageId::parse),
                        budget.longText("microEpsilon"),
                        Period.valueOf(budget.string("period"))));
        var terms = new Terms(
                fields.bool("exact"),
                (int) fields.integer("maxReleases", 1, Integer.MAX_VALUE),
                runs == 0 ? Optional.empty() : Optional.of(runs),
                budgets.stream().collect(Collectors.toMap(Budget::lineage, Function.identity())));
        fields.end();
        return terms;
    }

    Json.Obj json() {
        return Json.object()
                .put("exact", exact)
                .put("maxReleases", maxReleases)
                .put("maxRunsPerDay", maxRunsPerDay.orElse(0))
                .put("budgets", Json.array(budgets.values(), Terms::json))
                .build();
    }

    private static Json.Obj json(Budget budget) {
        return Json.object()
                .put("lineage", budget.lineage().value())
                .put("microEpsilon", Long.toString(budget.microEpsilon()))
                .put("period", budget.period().name())
                .build();
    }
}
