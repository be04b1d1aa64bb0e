package dev.parley.policy.authoring;

import dev.parley.policy.authoring.yaml.Places;
import dev.parley.policy.bundle.Budget;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.policy.bundle.Privacy;
import java.util.ArrayList;
import java.util.List;

/** What is allowed and still worth a second look before anybody signs. */
final class Lint {
    private static final int SMALL_THRESHOLD = 10;
    private static final long LARGE_RUN = 4_000_000;

    private final Places places;
    private final List<Finding> findings = new ArrayList<>();

    private Lint(Places places) {
        this.places = places;
    }

    static List<Finding> warnings(PolicyBundle bundle, Places places) {
        var lint = new Lint(places);
        lint.approvers(bundle);
        lint.measurements(bundle);
        bundle.privacy().forEach(lint::limits);
        return List.copyOf(lint.findings);
    }

    private void approvers(PolicyBundle bundle) {
        for (var party : bundle.parties()) {
            if (party.quorum().values().stream().mapToInt(Integer::intValue).sum() < 2) {
                warn(
                        FindingCode.LONE_APPROVER,
                        "room.yaml#parties/" + party.id() + "/quorum",
                        "one person alone approves for " + party.id());
            }
        }
    }

    private void measurements(PolicyBundle bundle) {
        for (var measurement : bundle.referenceValues().measurements()) {
            if (measurement.expires().isAfter(bundle.validUntil())) {
                warn(
                        FindingCode.MEASUREMENT_OUTLIVES_POLICY,
                        "room.yaml#measurements",
                        "a measurement expires after the policy does");
            }
        }
    }

    private void limits(Privacy limits) {
        for (var threshold : limits.thresholds()) {
            if (threshold.people() < SMALL_THRESHOLD) {
                warn(
                        FindingCode.THRESHOLD_SMALL,
                        rule(limits, "thresholds/" + threshold.dataset()),
                        "fewer than " + SMALL_THRESHOLD + " people hide little");
            }
        }
        for (var budget : limits.budgets()) {
            if (limits.perRun().maxMicroEpsilon() > budget.microEpsilon() / 2) {
                warn(
                        FindingCode.EPSILON_LARGE,
                        rule(limits, "perRun/maxEpsilon"),
                        "one run may spend more than half of the budget of " + budget.lineage()
                                + (budget.period() == Budget.Period.YEAR ? " for a year" : ""));
            }
        }
        if (limits.perRun().maxMicroEpsilon() > LARGE_RUN) {
            warn(
                    FindingCode.EPSILON_LARGE,
                    rule(limits, "perRun/maxEpsilon"),
                    "epsilon above 4 in one run protects little");
        }
    }

    private static String rule(Privacy limits, String path) {
        return limits.rule(path);
    }

    private void warn(FindingCode code, String rule, String message) {
        findings.add(Finding.warning(code, places.of(rule), message));
    }
}
