package dev.parley.server.rooms;

import dev.parley.policy.approval.Approvals;
import dev.parley.policy.approval.Standing;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.room.RoomId;
import dev.parley.protocol.wire.RoomView;
import dev.parley.server.http.ProblemCode;
import dev.parley.server.http.Refused;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.hibernate.StatelessSession;

/** All rooms, as their parties may see them. */
@ApplicationScoped
public class Rooms {
    private static final int CACHED_BUNDLES = 64;

    private final StatelessSession session;
    private final InstantSource time;
    /** By digest: parsing verifies every endorsement, which is dear. */
    private final Map<String, PolicyBundle> parsed = new ConcurrentHashMap<>();

    Rooms(StatelessSession session, InstantSource time) {
        this.session = session;
        this.time = time;
    }

    @Transactional
    public List<RoomView> of(PartyId party) {
        return session
                .createNativeQuery(
                        "select distinct room from policy_party where party = :party order by room", String.class)
                .setParameter("party", party.value())
                .getResultList()
                .stream()
                .filter(room -> isVisible(room, party))
                .map(this::view)
                .toList();
    }

    @Transactional
    public RoomView view(RoomId room, PartyId party) {
        requireVisible(room, party);
        return view(room.value());
    }

    /** A room is there for the parties of its newest bundle and of the newest that has begun; for nobody else. */
    @Transactional
    public void requireVisible(RoomId room, PartyId party) {
        if (!isVisible(room.value(), party)) {
            throw Refused.notFound();
        }
    }

    /** The version in force, as far as the operator can tell. */
    @Transactional
    public PolicyVersion requireActive(RoomId room) {
        var newest = newestBegun(room.value(), time.instant())
                .orElseThrow(() -> Refused.with(ProblemCode.POLICY_NOT_ACTIVE, "no version has every quorum"));
        var version = version(newest);
        var statements = version.approvals().stream().map(Rooms::reparse).toList();
        return switch (Approvals.activate(version.bundle(), statements, time.instant())) {
            case Standing.Active ignored -> version;
            case Standing.Inactive(var reason, var party, var detail) ->
                throw Refused.byPolicy(
                        reason.name(), detail + party.map(p -> ", of " + p).orElse(""));
        };
    }

    @Transactional
    public PolicyVersion version(RoomId room, int version) {
        return version(require(room, version));
    }

    StoredPolicy require(RoomId room, int version) {
        var policy = session.get(StoredPolicy.class, new StoredPolicy.Key(room.value(), version));
        if (policy == null) {
            throw Refused.notFound();
        }
        return policy;
    }

    List<String> approvals(StoredPolicy policy) {
        return session.createSelectionQuery(
                        "select statement from StoredApproval where key.room = :room and key.version = :version"
                                + " order by approvedAt, key.signer",
                        String.class)
                .setParameter("room", policy.key.room())
                .setParameter("version", policy.key.version())
                .getResultList();
    }

    PolicyVersion version(StoredPolicy policy) {
        return new PolicyVersion(bundle(policy), approvals(policy));
    }

    PolicyBundle bundle(StoredPolicy policy) {
        if (parsed.size() >= CACHED_BUNDLES) {
            parsed.clear();
        }
        return parsed.computeIfAbsent(policy.digest, digest -> reparse(policy.canonical()));
    }

    int newestBegun(List<StoredPolicy> versions, Instant now) {
        return versions.stream()
                .filter(p -> p.hasBegun(now))
                .mapToInt(p -> p.key.version())
                .max()
                .orElse(0);
    }

    /** Newest first. */
    List<StoredPolicy> versions(String room) {
        return session.createSelectionQuery(
                        "from StoredPolicy where key.room = :room order by key.version desc", StoredPolicy.class)
                .setParameter("room", room)
                .getResultList();
    }

    private RoomView view(String room) {
        var now = time.instant();
        var versions = versions(room);
        var begun = newestBegun(versions, now);
        var counts = approvalCounts(room);
        return new RoomView(
                room,
                versions.getFirst().name,
                versions.stream()
                        .map(p -> p.view(
                                now,
                                begun,
                                counts.getOrDefault(p.key.version(), 0L).intValue()))
                        .toList());
    }

    private Map<Integer, Long> approvalCounts(String room) {
        return session
                .createSelectionQuery(
                        "select key.version, count(*) from StoredApproval where key.room = :room group by key.version",
                        Object[].class)
                .setParameter("room", room)
                .getResultList()
                .stream()
                .collect(Collectors.toMap(row -> (Integer) row[0], row -> (Long) row[1]));
    }

    private boolean isVisible(String room, PartyId party) {
        return !session.createNativeQuery("""
                        select 1 from policy_party
                        where room = :room and party = :party and version in (
                            (select max(version) from policy where room = :room),
                            (select max(version) from policy
                             where room = :room and activated_at is not null and valid_from <= :now))
                        """, Integer.class)
                .setParameter("room", room)
                .setParameter("party", party.value())
                .setParameter("now", time.instant())
                .getResultList()
                .isEmpty();
    }

    private Optional<StoredPolicy> newestBegun(String room, Instant now) {
        return versions(room).stream().filter(p -> p.hasBegun(now)).findFirst();
    }

    private static PolicyBundle reparse(Bytes canonical) {
        try {
            return PolicyBundle.parse(canonical);
        } catch (Malformed e) {
            throw new IllegalStateException("a stored bundle was parsed before it was stored", e);
        }
    }

    private static Jws reparse(String compact) {
        try {
            return Jws.parse(compact);
        } catch (Malformed e) {
            throw new IllegalStateException("a stored statement was parsed before it was stored", e);
        }
    }
}
