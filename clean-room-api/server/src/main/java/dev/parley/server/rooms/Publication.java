package dev.parley.server.rooms;

import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.room.PolicyDigest;
import dev.parley.protocol.room.RoomId;
import dev.parley.protocol.wire.PolicyView;
import dev.parley.server.http.Outcome;
import dev.parley.server.http.ProblemCode;
import dev.parley.server.http.Refused;
import dev.parley.server.log.Event;
import dev.parley.server.log.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.Optional;
import org.hibernate.StatelessSession;

/** Takes up new versions of bundles: strictly parsed, in order, each version once. */
@ApplicationScoped
class Publication {
    private final StatelessSession session;
    private final Rooms rooms;
    private final Log log;
    private final InstantSource time;

    Publication(StatelessSession session, Rooms rooms, Log log, InstantSource time) {
        this.session = session;
        this.rooms = rooms;
        this.log = log;
        this.time = time;
    }

    @Transactional
    Outcome<PolicyView> publish(RoomId room, Bytes canonical, PartyId by) throws Malformed {
        var bundle = PolicyBundle.parse(canonical);
        if (!bundle.room().equals(room)) {
            throw new Malformed("the bundle is for another room");
        }
        lock(room, bundle);
        var versions = rooms.versions(room.value());
        if (!versions.isEmpty()) {
            rooms.requireVisible(room, by);
        }
        var taken = versions.stream()
                .filter(p -> p.key.version() == bundle.version())
                .findFirst();
        if (taken.isPresent()) {
            return again(taken.get(), bundle.digest());
        }
        requireNext(bundle, versions.stream().findFirst());
        requireFits(bundle, by);
        return new Outcome<>(insert(bundle, canonical, by), true);
    }

    private void lock(RoomId room, PolicyBundle bundle) {
        if (bundle.version() == 1) {
            session.createNativeMutationQuery("insert into room values (:id, :now) on conflict do nothing")
                    .setParameter("id", room.value())
                    .setParameter("now", time.instant())
                    .executeUpdate();
        }
        var locked = session.createNativeQuery("select id from room where id = :id for update", String.class)
                .setParameter("id", room.value())
                .getResultList();
        if (locked.isEmpty()) {
            throw Refused.notFound();
        }
    }

    private Outcome<PolicyView> again(StoredPolicy taken, PolicyDigest digest) {
        if (!taken.digest.equals(digest.hex())) {
            throw Refused.with(ProblemCode.POLICY_VERSION_TAKEN, "version " + taken.key.version());
        }
        var versions = rooms.versions(taken.key.room());
        var now = time.instant();
        var approvals = rooms.approvals(taken).size();
        return new Outcome<>(taken.view(now, rooms.newestBegun(versions, now), approvals), false);
    }

    private static void requireNext(PolicyBundle bundle, Optional<StoredPolicy> newest) {
        var follows = newest.map(p -> bundle.version() == p.key.version() + 1
                        && bundle.previous().map(PolicyDigest::hex).equals(Optional.of(p.digest)))
                .orElse(bundle.version() == 1);
        if (!follows) {
            throw Refused.with(
                    ProblemCode.POLICY_PREVIOUS_UNKNOWN,
                    "the next version is "
                            + newest.map(p -> p.key.version() + 1).orElse(1)
                            + " and names the digest of the one before");
        }
    }

    private void requireFits(PolicyBundle bundle, PartyId by) {
        if (bundle.party(by).isEmpty()) {
            throw Refused.with(ProblemCode.POLICY_PARTY_MISSING, "room.yaml#parties");
        }
        var key = log.key();
        if (!bundle.log().origin().equals(key.origin())
                || !bundle.log().ed25519PublicKey().equals(key.publicKey())) {
            throw Refused.with(ProblemCode.POLICY_OTHER_LOG, "room.yaml#log is not " + key.origin());
        }
    }

    private PolicyView insert(PolicyBundle bundle, Bytes canonical, PartyId by) {
        var now = time.instant();
        var policy = new StoredPolicy();
        policy.key = new StoredPolicy.Key(bundle.room().value(), bundle.version());
        policy.digest = bundle.digest().hex();
        policy.name = bundle.name();
        policy.bundle = canonical.toArray();
        policy.publishedBy = by.value();
        policy.publishedAt = now;
        policy.validFrom = bundle.validFrom();
        policy.validUntil = bundle.validUntil();
        session.insert(policy);
        for (var party : bundle.parties()) {
            session.createNativeMutationQuery("insert into policy_party values (:room, :version, :party)")
                    .setParameter("room", policy.key.room())
                    .setParameter("version", policy.key.version())
                    .setParameter("party", party.id().value())
                    .executeUpdate();
        }
        log.append(Event.of("policy-published", bundle.room())
                .with("version", bundle.version())
                .with("policy", policy.digest));
        return policy.view(now, rooms.newestBegun(rooms.versions(policy.key.room()), now), 0);
    }
}
