package dev.parley.policy.authoring.review;

import dev.parley.policy.authoring.review.Change.Effect;
import dev.parley.policy.authoring.review.Changes.Parts;
import dev.parley.policy.bundle.AcceptedMeasurement;
import dev.parley.policy.bundle.Party;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.policy.bundle.ReferenceValues;
import dev.parley.policy.check.Decision;
import dev.parley.policy.check.PolicyChecker;
import dev.parley.policy.query.QueryRequest;
import dev.parley.protocol.attestation.TrustDomain;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** What changes between two versions of a policy. Two bundles with different digests never have an empty difference. */
public final class PolicyDiff {
    private final PolicyBundle before;
    private final PolicyBundle after;
    private final Changes changes = new Changes();

    private PolicyDiff(PolicyBundle before, PolicyBundle after) {
        this.before = before;
        this.after = after;
    }

    public static List<Change> between(PolicyBundle before, PolicyBundle after) {
        var diff = new PolicyDiff(before, after);
        diff.room();
        diff.referenceValues(before.referenceValues(), after.referenceValues());
        diff.parties();
        new DatasetChanges(diff.changes).compare(before.datasets(), after.datasets());
        new LimitChanges(diff.changes).compare(before.privacy(), after.privacy());
        new TemplateChanges(diff.changes).compare(before.templates(), after.templates());
        if (diff.changes.isEmpty() && !before.digest().equals(after.digest())) {
            diff.changes.add(Effect.NEUTRAL, "bundle", "differs in nothing but signatures or order");
        }
        return diff.changes.all();
    }

    /** The requests that one version allows and the other refuses, or allows under other limits. */
    public static List<QueryRequest> decidedOtherwise(
            PolicyBundle before, PolicyBundle after, Collection<QueryRequest> requests) {
        return requests.stream()
                .filter(request -> !alike(PolicyChecker.check(before, request), PolicyChecker.check(after, request)))
                .toList();
    }

    private static boolean alike(Decision before, Decision after) {
        return before instanceof Decision.Refused ? after instanceof Decision.Refused : before.equals(after);
    }

    private void room() {
        changes.differs(Effect.WEAKER, "room", before.room(), after.room());
        changes.differs(Effect.NEUTRAL, "name", before.name(), after.name());
        changes.differs(Effect.WEAKER, "purpose", before.purpose(), after.purpose());
        changes.differs(Effect.NEUTRAL, "version", before.version(), after.version());
        earlier("valid from", after.validFrom(), before.validFrom());
        earlier("valid until", before.validUntil(), after.validUntil());
        changes.differs(
                Effect.WEAKER,
                "log",
                before.log().origin() + " " + before.log().ed25519PublicKey().hex(),
                after.log().origin() + " " + after.log().ed25519PublicKey().hex());
    }

    /** Weaker if {@code first} lies before {@code second}. */
    private void earlier(String place, Instant first, Instant second) {
        if (!first.equals(second)) {
            changes.add(
                    first.isBefore(second) ? Effect.WEAKER : Effect.STRONGER, place, "moves by " + days(first, second));
        }
    }

    private static String days(Instant first, Instant second) {
        return java.time.Duration.between(first, second).abs().toDays() + " days";
    }

    private void referenceValues(ReferenceValues old, ReferenceValues young) {
        if (old.trustDomain() != young.trustDomain()) {
            var effect = young.trustDomain() == TrustDomain.SIMULATED ? Effect.WEAKER : Effect.STRONGER;
            changes.differs(
                    effect,
                    "trust domain",
                    old.trustDomain().text(),
                    young.trustDomain().text());
        }
        changes.differs(
                Effect.WEAKER,
                "root of evidence",
                old.rootFingerprint().bytes().hex(),
                young.rootFingerprint().bytes().hex());
        var parts = Parts.of(old.measurements(), young.measurements(), m -> List.of(m.pcr0(), m.pcr1(), m.pcr2()));
        parts.added().forEach(m -> changes.weaker("measurements", "accepts image " + m.pcr0()));
        parts.removed().forEach(m -> changes.stronger("measurements", "no longer accepts image " + m.pcr0()));
        parts.kept((AcceptedMeasurement was, AcceptedMeasurement is) ->
                earlier("expiry of image " + is.pcr0(), was.expires(), is.expires()));
    }

    private void parties() {
        var parts = Parts.of(before.parties(), after.parties(), Party::id);
        parts.added().forEach(party -> changes.weaker("parties", "adds " + party.id()));
        parts.removed().forEach(party -> changes.add(Effect.NEUTRAL, "parties", "removes " + party.id()));
        parts.kept(this::party);
    }

    private void party(Party was, Party is) {
        var place = "party " + is.id();
        changes.differs(Effect.NEUTRAL, place + " / name", was.name(), is.name());
        changes.differs(
                Effect.WEAKER,
                place + " / root key",
                was.rootKey().thumbprint(),
                is.rootKey().thumbprint());
        changes.differs(Effect.NEUTRAL, place + " / broker", was.broker(), is.broker());
        changes.members(place + " / keys", keys(was), keys(is));
        changes.differs(Effect.NEUTRAL, place + " / names of keys", names(was), names(is));
        for (var role : was.quorum().keySet()) {
            changes.less(
                    place + " / quorum of " + role,
                    was.quorum().getOrDefault(role, 0),
                    is.quorum().getOrDefault(role, 0));
        }
        for (var role : is.quorum().keySet()) {
            if (!was.quorum().containsKey(role)) {
                changes.stronger(
                        place + " / quorum of " + role, "needs " + is.quorum().get(role));
            }
        }
    }

    private static List<String> keys(Party party) {
        return party.keys().stream()
                .map(key -> key.use().text()
                        + key.role().map(role -> " (" + role + ")").orElse("") + " key " + key.thumbprint())
                .toList();
    }

    private static List<String> names(Party party) {
        return party.keys().stream()
                .map(key -> key.id() + " " + key.thumbprint())
                .toList();
    }
}
