package dev.parley.policy.check;

import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.policy.bundle.Template;
import dev.parley.policy.plan.ColumnRef;
import dev.parley.policy.plan.Plan;
import dev.parley.protocol.room.DatasetId;
import java.util.HashSet;

/** Which datasets a plan may read together, and on what they join. */
final class JoinRules {
    private final PolicyBundle bundle;
    private final Template template;
    private final Refusals refusals;

    JoinRules(PolicyBundle bundle, Template template, Refusals refusals) {
        this.bundle = bundle;
        this.template = template;
        this.refusals = refusals;
    }

    void check(Plan plan) {
        for (var id : plan.datasets()) {
            if (bundle.dataset(id).isEmpty()) {
                var ids = bundle.datasets().stream().map(d -> d.id().value()).toList();
                refusals.template(RefusalCode.UNKNOWN_DATASET, template, "sql", Nearest.orAll(id.value(), ids));
            }
        }
        if (!refusals.isEmpty()) {
            return;
        }
        identity(plan.from());
        var seen = new HashSet<DatasetId>();
        seen.add(plan.from().dataset());
        for (var join : plan.joins()) {
            identity(join.right());
            if (seen.add(join.right().dataset())) {
                checkProfile(plan.from(), join.right());
            } else {
                refusals.template(RefusalCode.SELF_JOIN, template, "sql", join.right(), "a join of different datasets");
            }
        }
    }

    private void checkProfile(ColumnRef from, ColumnRef right) {
        var profile = bundle.dataset(from.dataset()).orElseThrow().identity().normalisation();
        var joined = bundle.dataset(right.dataset()).orElseThrow();
        if (!profile.equals(joined.identity().normalisation())) {
            refusals.column(
                    RefusalCode.JOIN_PROFILES_DIFFER,
                    joined,
                    right,
                    "identities of one normalisation profile: " + profile.orElse(""));
        }
    }

    /** Only the column that counts a dataset's people may join: otherwise limits per person would bind nobody. */
    private void identity(ColumnRef column) {
        var dataset = bundle.dataset(column.dataset()).orElseThrow();
        if (!column.column().equals(dataset.privacyUnit())) {
            refusals.column(
                    RefusalCode.JOIN_NOT_ON_IDENTITY, dataset, column, dataset.id() + "." + dataset.privacyUnit());
        }
    }
}
