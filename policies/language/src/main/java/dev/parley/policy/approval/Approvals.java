package dev.parley.policy.approval;

import dev.parley.policy.approval.Standing.Inactive;
import dev.parley.policy.approval.Standing.Reason;
import dev.parley.policy.bundle.Party;
import dev.parley.policy.bundle.PartyKey;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.protocol.crypto.BadSignature;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.crypto.Thumbprint;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.room.Approval;
import dev.parley.protocol.room.KeyUse;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.room.PolicyDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Verifies approvals, by the steps of {@code docs/spec/policy-bundle.md} §4. A statement that does not belong makes the
 * whole set wrong, rather than being passed over: nobody who approved rightly has a reason to send it.
 */
public final class Approvals {
    private final PolicyBundle bundle;
    private final PolicyDigest digest;
    private final Map<Thumbprint, Approval> counted = new LinkedHashMap<>();

    private Approvals(PolicyBundle bundle) {
        this.bundle = bundle;
        this.digest = bundle.digest();
    }

    /**
     * From bytes that came from anywhere: whether they are a bundle in force at {@code at}. Statements about other bytes
     * are refused before anything is parsed or verified, so that junk costs one hash.
     */
    public static Standing activate(Bytes canonicalBundle, List<String> approvals, Instant at) {
        var statements = new ArrayList<Jws>();
        try {
            var digest = Sha384Digest.of(canonicalBundle).hex();
            for (var approval : approvals) {
                var statement = Jws.parse(approval);
                if (!claimedDigest(statement).equals(digest)) {
                    return new Inactive(
                            Reason.APPROVAL_FOR_ANOTHER_BUNDLE, Optional.empty(), "an approval names another digest");
                }
                statements.add(statement);
            }
        } catch (Malformed e) {
            return new Inactive(Reason.APPROVAL_MALFORMED, Optional.empty(), "approval: " + e.getMessage());
        }
        try {
            return activate(PolicyBundle.parse(canonicalBundle), statements, at);
        } catch (Malformed e) {
            return new Inactive(Reason.BUNDLE_MALFORMED, Optional.empty(), "bundle: " + e.getMessage());
        }
    }

    private static String claimedDigest(Jws statement) throws Malformed {
        return Json.parseCanonical(statement.unverifiedPayload())
                .asObject()
                .fields()
                .string("digest");
    }

    public static Standing activate(PolicyBundle bundle, List<Jws> approvals, Instant at) {
        if (!bundle.isValidAt(at)) {
            var reason = at.isBefore(bundle.validFrom()) ? Reason.BUNDLE_NOT_YET_VALID : Reason.BUNDLE_EXPIRED;
            return new Inactive(
                    reason, Optional.empty(), "valid from " + bundle.validFrom() + " until " + bundle.validUntil());
        }
        var count = new Approvals(bundle);
        for (var approval : approvals) {
            var wrong = count.add(approval, at);
            if (wrong.isPresent()) {
                return wrong.get();
            }
        }
        for (var tally : count.tallies()) {
            if (!tally.isReached()) {
                return new Inactive(
                        Reason.QUORUM_MISSING,
                        Optional.of(tally.party()),
                        tally.given() + " of " + tally.needed() + " approvals as " + tally.role());
            }
        }
        return new Standing.Active(new ActivePolicy(bundle, count.digest, List.copyOf(count.counted.values()), at));
    }

    /** How far each party's quorum has come; statements that do not belong count nothing here. */
    public static List<Tally> tally(PolicyBundle bundle, Collection<Jws> approvals, Instant at) {
        var count = new Approvals(bundle);
        approvals.forEach(approval -> count.add(approval, at));
        return count.tallies();
    }

    private Optional<Inactive> add(Jws statement, Instant at) {
        for (var party : bundle.parties()) {
            var key = party.key(KeyUse.APPROVER, statement.signer());
            if (key.isPresent()) {
                return add(statement, party, key.get(), at);
            }
        }
        return Optional.of(new Inactive(
                Reason.APPROVAL_SIGNER_UNKNOWN, Optional.empty(), "no approver key of the bundle is the signer"));
    }

    private Optional<Inactive> add(Jws statement, Party party, PartyKey key, Instant at) {
        Approval approval;
        try {
            approval = Approval.read(statement, key.verificationKey());
        } catch (BadSignature e) {
            return wrong(Reason.APPROVAL_SIGNATURE_WRONG, party.id(), key);
        } catch (Malformed | IllegalArgumentException e) {
            return wrong(Reason.APPROVAL_MALFORMED, party.id(), key);
        }
        if (!isForThisBundle(approval)) {
            return wrong(Reason.APPROVAL_FOR_ANOTHER_BUNDLE, party.id(), key);
        }
        if (!approval.party().equals(party.id()) || !key.role().equals(Optional.of(approval.role()))) {
            return wrong(Reason.APPROVAL_ROLE_WRONG, party.id(), key);
        }
        if (at.isBefore(approval.expires())) {
            counted.put(key.thumbprint(), approval);
        }
        return Optional.empty();
    }

    private boolean isForThisBundle(Approval approval) {
        return approval.room().equals(bundle.room())
                && approval.version() == bundle.version()
                && approval.previous().equals(bundle.previous())
                && approval.digest().equals(digest);
    }

    private static Optional<Inactive> wrong(Reason reason, PartyId party, PartyKey key) {
        return Optional.of(new Inactive(reason, Optional.of(party), "approver key " + key.id()));
    }

    private List<Tally> tallies() {
        var tallies = new ArrayList<Tally>();
        for (var party : bundle.parties()) {
            party.quorum()
                    .forEach((role, needed) -> tallies.add(new Tally(party.id(), role, needed, given(party, role))));
        }
        return List.copyOf(tallies);
    }

    private int given(Party party, String role) {
        return (int) counted.values().stream()
                .filter(a -> a.party().equals(party.id()) && a.role().equals(role))
                .count();
    }
}
