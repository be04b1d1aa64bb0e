package dev.parley.protocol.attestation;

import dev.parley.protocol.attestation.CheckResult.Outcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Written by the verifier while it goes: which step it is at, and what it saw, believed or not. A step has passed once
 * the next one begins.
 */
final class Trail {
    private final Set<Check> asked;
    private final Map<Check, Outcome> outcomes = new EnumMap<>(Check.class);
    private final List<Certificate> certificates = new ArrayList<>();
    private @Nullable Check current;
    private Optional<CoseSign1> envelope = Optional.empty();
    private Optional<Document> document = Optional.empty();
    private Optional<TrustRoot> root = Optional.empty();
    private Optional<InspectedEvidence> genuine = Optional.empty();

    private Trail(Set<Check> asked) {
        this.asked = asked;
    }

    /** Of a run that takes all steps but these. */
    static Trail without(Set<Check> notAsked) {
        var asked = EnumSet.allOf(Check.class);
        asked.removeAll(notAsked);
        return new Trail(asked);
    }

    /** For readers that are tried alone. */
    static Trail unwatched() {
        return without(Set.of());
    }

    void begin(Check check) {
        passCurrent();
        current = check;
    }

    void finish() {
        passCurrent();
        current = null;
    }

    void refused(Reason reason) {
        if (current != null) {
            outcomes.put(current, new Outcome.Failed(reason));
        }
    }

    void saw(CoseSign1 seen) {
        envelope = Optional.of(seen);
    }

    void saw(Document seen) {
        document = Optional.of(seen);
    }

    /** In the order of the path: the leaf first. */
    void saw(Certificate seen) {
        certificates.add(seen);
    }

    void saw(TrustRoot seen) {
        root = Optional.of(seen);
    }

    Optional<TrustRoot> root() {
        return root;
    }

    /** Everything but production mode was found in order. */
    void saw(InspectedEvidence seen) {
        genuine = Optional.of(seen);
    }

    Optional<InspectedEvidence> genuine() {
        return genuine;
    }

    Optional<CoseSign1> envelope() {
        return envelope;
    }

    Optional<Document> document() {
        return document;
    }

    List<Certificate> certificates() {
        return List.copyOf(certificates);
    }

    List<CheckResult> results() {
        List<CheckResult> results = new ArrayList<>();
        for (var check : Check.values()) {
            var open = asked.contains(check) ? new Outcome.NotReached() : new Outcome.NotAsked();
            results.add(new CheckResult(check, outcomes.getOrDefault(check, open)));
        }
        return List.copyOf(results);
    }

    private void passCurrent() {
        if (current != null) {
            outcomes.put(current, new Outcome.Passed());
        }
    }
}
