package dev.parley.web.policies;

import dev.parley.policy.approval.Approvals;
import dev.parley.policy.bundle.Party;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.KeyUse;
import dev.parley.protocol.room.PolicyDigest;
import dev.parley.protocol.room.RoomId;
import dev.parley.protocol.wire.SignedPolicyView;
import dev.parley.web.http.Outcome;
import dev.parley.web.http.ProblemCode;
import dev.parley.web.http.Refused;
import dev.parley.web.keys.PartyKeys;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hibernate.StatelessSession;

/** Takes a bundle into the record once this party's own quorum has signed it. */
@ApplicationScoped
class Signing {
    private final StatelessSession session;
    private final PolicyRecord policies;
    private final PartyKeys keys;
    private final InstantSource time;

    Signing(StatelessSession session, PolicyRecord policies, PartyKeys keys, InstantSource time) {
        this.session = session;
        this.policies = policies;
        this.keys = keys;
        this.time = time;
    }

    @Transactional
    Outcome<SignedPolicyView> take(RoomId room, PolicyBundle bundle, List<String> approvals) throws Malformed {
        if (!bundle.room().equals(room)) {
            throw new Malformed("the bundle is for another room");
        }
        requireOwnKeys(bundle);
        requireOwnQuorum(bundle, approvals);
        lock();
        var newest = policies.newestRow(room);
        if (newest.isPresent() && newest.get().key.version() == bundle.version()) {
            return again(newest.get(), bundle.digest());
        }
        requireNewer(bundle, newest);
        return new Outcome<>(insert(bundle, approvals, time.instant()), true);
    }

    /** A bundle in which this party has another root or broker key is somebody else's idea of this party. */
    private void requireOwnKeys(PolicyBundle bundle) {
        var party = ownParty(bundle);
        if (!party.rootKey().equals(keys.root())) {
            throw Refused.with(ProblemCode.POLICY_OTHER_KEYS, "the root key of " + party.id());
        }
        var broker = keys.broker().signingKey().verificationKey().thumbprint();
        var named = party.keys(KeyUse.BROKER);
        if (named.size() != 1 || !named.getFirst().thumbprint().equals(broker)) {
            throw Refused.with(ProblemCode.POLICY_OTHER_KEYS, "the broker key of " + party.id());
        }
    }

    private Party ownParty(PolicyBundle bundle) {
        return bundle.party(keys.broker().party())
                .orElseThrow(() -> Refused.with(ProblemCode.POLICY_PARTY_MISSING, "room.yaml#parties"));
    }

    private void requireOwnQuorum(PolicyBundle bundle, List<String> approvals) throws Malformed {
        var statements = new ArrayList<Jws>();
        for (var approval : approvals) {
            statements.add(Jws.parse(approval));
        }
        for (var tally : Approvals.tally(bundle, statements, time.instant())) {
            if (tally.party().equals(keys.broker().party()) && !tally.isReached()) {
                throw Refused.with(
                        ProblemCode.QUORUM_MISSING,
                        tally.given() + " of " + tally.needed() + " approvals as " + tally.role());
            }
        }
    }

    /** One at a time: of two versions at once, the larger must win. */
    private void lock() {
        session.createNativeMutationQuery("lock table signed_policy in exclusive mode")
                .executeUpdate();
    }

    private static Outcome<SignedPolicyView> again(StoredPolicy known, PolicyDigest digest) {
        if (!known.digest.equals(digest.hex())) {
            throw Refused.with(ProblemCode.POLICY_VERSION_TAKEN, "version " + known.key.version());
        }
        return new Outcome<>(known.view(), false);
    }

    /** A version that this party never signed may lie between; the next one must follow what it did sign. */
    private static void requireNewer(PolicyBundle bundle, Optional<StoredPolicy> newest) {
        if (newest.isEmpty()) {
            return;
        }
        var known = newest.get();
        if (bundle.version() < known.key.version()) {
            throw Refused.with(ProblemCode.POLICY_VERSION_OLD, "version " + known.key.version() + " was signed");
        }
        var previous = bundle.previous().map(PolicyDigest::hex);
        if (bundle.version() == known.key.version() + 1 && !previous.equals(Optional.of(known.digest))) {
            throw Refused.with(
                    ProblemCode.POLICY_PREVIOUS_UNKNOWN,
                    "previous is not the digest of version " + known.key.version());
        }
    }

    private SignedPolicyView insert(PolicyBundle bundle, List<String> approvals, Instant now) {
        var row = new StoredPolicy();
        row.key = new StoredPolicy.Key(bundle.room().value(), bundle.version());
        row.digest = bundle.digest().hex();
        row.name = bundle.name();
        row.bundle = bundle.canonical().toArray();
        row.approvals = String.join("\n", approvals);
        row.signedAt = now;
        row.validUntil = bundle.validUntil();
        session.insert(row);
        return row.view();
    }
}
