package dev.parley.policy.authoring.review;

import dev.parley.policy.authoring.review.Change.Effect;
import dev.parley.policy.authoring.review.Changes.Parts;
import dev.parley.policy.bundle.Budget;
import dev.parley.policy.bundle.Privacy;
import dev.parley.policy.bundle.ReleaseMode;
import dev.parley.policy.bundle.Threshold;
import java.util.List;
import java.util.Optional;

/** What changes in the limits that parties state. */
final class LimitChanges {
    private final Changes changes;

    LimitChanges(Changes changes) {
        this.changes = changes;
    }

    void compare(List<Privacy> before, List<Privacy> after) {
        var parts = Parts.of(before, after, Privacy::party);
        parts.added().forEach(p -> changes.stronger("limits " + p.party(), "are stated"));
        parts.removed().forEach(p -> changes.weaker("limits " + p.party(), "are no longer stated"));
        parts.kept(this::limits);
    }

    private void limits(Privacy was, Privacy is) {
        var place = "limits " + is.party();
        changes.differs(Effect.NEUTRAL, place + " / file", was.source(), is.source());
        changes.members(place + " / modes", modes(was), modes(is));
        var thresholds = Parts.of(was.thresholds(), is.thresholds(), Threshold::dataset);
        thresholds
                .added()
                .forEach(t -> changes.stronger(place + " / threshold of " + t.dataset(), "at least " + t.people()));
        thresholds
                .removed()
                .forEach(t -> changes.weaker(place + " / threshold of " + t.dataset(), "is no longer stated"));
        thresholds.kept((old, young) ->
                changes.less(place + " / threshold of " + young.dataset(), old.people(), young.people()));
        var budgets = Parts.of(was.budgets(), is.budgets(), Budget::lineage);
        // Without a budget nothing noised is released, so the first one opens a door.
        budgets.added().forEach(b -> changes.weaker(place + " / budget of " + b.lineage(), "opens with " + epsilon(b)));
        budgets.removed().forEach(b -> changes.stronger(place + " / budget of " + b.lineage(), "is closed"));
        budgets.kept((old, young) -> budget(place + " / budget of " + young.lineage(), old, young));
        perRun(place, was.perRun(), is.perRun());
        repeats(place, was.repeats(), is.repeats());
    }

    private void budget(String place, Budget was, Budget is) {
        changes.more(place + " (micro-epsilon)", was.microEpsilon(), is.microEpsilon());
        changes.differs(
                is.period() == Budget.Period.YEAR ? Effect.WEAKER : Effect.STRONGER,
                place + " / period",
                was.period(),
                is.period());
    }

    private void perRun(String place, Privacy.PerRun was, Privacy.PerRun is) {
        changes.more(place + " / cost of a run (micro-epsilon)", was.maxMicroEpsilon(), is.maxMicroEpsilon());
        changes.more(place + " / groups per person", was.maxGroupsPerPerson(), is.maxGroupsPerPerson());
        changes.more(
                place + " / rows per group and person", was.maxRowsPerGroupPerPerson(), is.maxRowsPerGroupPerPerson());
    }

    private void repeats(String place, Privacy.Repeats was, Privacy.Repeats is) {
        changes.more(place + " / executions of a query", was.maxExecutionsPerQuery(), is.maxExecutionsPerQuery());
        changes.more(
                place + " / runs per day and runner",
                unlimited(was.maxRunsPerDayPerRunner()),
                unlimited(is.maxRunsPerDayPerRunner()));
    }

    private static long unlimited(Optional<Integer> limit) {
        return limit.map(Integer::longValue).orElse(Long.MAX_VALUE);
    }

    private static List<String> modes(Privacy limits) {
        return limits.modes().stream().map(ReleaseMode::text).toList();
    }

    private static String epsilon(Budget budget) {
        return budget.microEpsilon() + " micro-epsilon";
    }
}
