package dev.parley.server.rooms;

import dev.parley.policy.approval.Approvals;
import dev.parley.policy.approval.Standing;
import dev.parley.policy.approval.Tally;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.protocol.crypto.BadSignature;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.Approval;
import dev.parley.protocol.room.KeyUse;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.room.RoomId;
import dev.parley.protocol.wire.PolicyView;
import dev.parley.server.http.Outcome;
import dev.parley.server.http.Refused;
import dev.parley.server.log.Event;
import dev.parley.server.log.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.StatelessSession;

/** Takes up approvals: each verified under an approver key that the bundle names for the caller's party. */
@ApplicationScoped
class Signing {
    private final StatelessSession session;
    private final Rooms rooms;
    private final Log log;
    private final InstantSource time;

    Signing(StatelessSession session, Rooms rooms, Log log, InstantSource time) {
        this.session = session;
        this.rooms = rooms;
        this.log = log;
        this.time = time;
    }

    @Transactional
    Outcome<PolicyView> approve(RoomId room, int version, Jws statement, PartyId by) throws Malformed, BadSignature {
        rooms.requireVisible(room, by);
        session.createNativeQuery("select id from room where id = :id for update", String.class)
                .setParameter("id", room.value())
                .getSingleResult();
        var policy = rooms.require(room, version);
        var approval = verify(rooms.bundle(policy), statement, by);
        var stored = StoredApproval.of(approval, statement, time.instant());
        var known = session.get(StoredApproval.class, stored.key) != null;
        if (!known) {
            session.insert(stored);
            activate(policy);
            append(policy, approval, statement);
        }
        return new Outcome<>(view(policy), !known);
    }

    private Approval verify(PolicyBundle bundle, Jws statement, PartyId by) throws Malformed, BadSignature {
        var now = timeWithin(bundle);
        var standing = Approvals.activate(bundle, List.of(statement), now);
        if (standing instanceof Standing.Inactive(var reason, var party, var detail)
                && reason != Standing.Reason.QUORUM_MISSING) {
            throw Refused.byPolicy(reason.name(), detail);
        }
        var key = bundle.party(by).flatMap(p -> p.key(KeyUse.APPROVER, statement.signer()));
        if (key.isEmpty()) {
            throw Refused.byPolicy(Standing.Reason.APPROVAL_SIGNER_UNKNOWN.name(), "the signer is not of your party");
        }
        var approval = Approval.read(statement, key.get().verificationKey());
        if (!now.isBefore(approval.expires())) {
            throw Refused.byPolicy("APPROVAL_EXPIRED", "the approval's own expiry");
        }
        return approval;
    }

    /** A bundle is approved before its time begins: until then it is judged as at its beginning. */
    private Instant timeWithin(PolicyBundle bundle) {
        var now = time.instant();
        return now.isBefore(bundle.validFrom()) ? bundle.validFrom() : now;
    }

    private void activate(StoredPolicy policy) throws Malformed {
        var bundle = rooms.bundle(policy);
        var statements = new ArrayList<Jws>();
        for (var statement : rooms.approvals(policy)) {
            statements.add(Jws.parse(statement));
        }
        var complete =
                Approvals.tally(bundle, statements, timeWithin(bundle)).stream().allMatch(Tally::isReached);
        if (complete && policy.activatedAt == null) {
            policy.activatedAt = time.instant();
            session.update(policy);
        }
    }

    private void append(StoredPolicy policy, Approval approval, Jws statement) {
        log.append(Event.of("policy-approved", approval.room())
                .with("version", approval.version())
                .with("policy", policy.digest)
                .with("party", approval.party().value())
                .with("approval", statement.digest().hex()));
    }

    private PolicyView view(StoredPolicy policy) {
        var now = time.instant();
        var begun = rooms.newestBegun(rooms.versions(policy.key.room()), now);
        return policy.view(now, begun, rooms.approvals(policy).size());
    }
}
