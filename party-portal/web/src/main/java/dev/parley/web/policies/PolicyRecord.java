package dev.parley.web.policies;

import dev.parley.policy.bundle.Budget;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.RoomId;
import dev.parley.protocol.wire.SignedPolicyList;
import dev.parley.web.budget.StatedBudgets;
import dev.parley.web.keys.PartyKeys;
import dev.parley.web.release.SignedPolicies;
import dev.parley.web.release.SignedPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.StatelessSession;

/** The newest bundle of each room, read from the record. */
@ApplicationScoped
public class PolicyRecord implements SignedPolicies, StatedBudgets {
    private static final int CACHED_BUNDLES = 64;

    private final StatelessSession session;
    private final PartyKeys keys;
    /** By digest: parsing verifies every endorsement, which is dear. */
    private final Map<String, SignedPolicy> parsed = new ConcurrentHashMap<>();

    PolicyRecord(StatelessSession session, PartyKeys keys) {
        this.session = session;
        this.keys = keys;
    }

    @Override
    @Transactional
    public Optional<SignedPolicy> newest(RoomId room) {
        return newestRow(room).map(this::policy);
    }

    @Override
    @Transactional
    public List<Budget> stated() {
        Map<String, Budget> strictest = new TreeMap<>();
        for (var row : newestOfEachRoom()) {
            var limits = policy(row).bundle().privacy(keys.broker().party());
            for (var budget : limits.map(l -> l.budgets()).orElse(List.of())) {
                strictest.merge(budget.lineage().value(), budget, PolicyRecord::stricter);
            }
        }
        return List.copyOf(strictest.values());
    }

    @Transactional
    public SignedPolicyList list() {
        return new SignedPolicyList(
                newestOfEachRoom().stream().map(StoredPolicy::view).toList());
    }

    Optional<StoredPolicy> newestRow(RoomId room) {
        return session
                .createSelectionQuery(
                        "from StoredPolicy where key.room = :room order by key.version desc limit 1",
                        StoredPolicy.class)
                .setParameter("room", room.value())
                .getResultList()
                .stream()
                .findFirst();
    }

    private List<StoredPolicy> newestOfEachRoom() {
        return session.createSelectionQuery("""
                        from StoredPolicy p where p.key.version =
                            (select max(q.key.version) from StoredPolicy q where q.key.room = p.key.room)
                        order by p.key.room""", StoredPolicy.class).getResultList();
    }

    private SignedPolicy policy(StoredPolicy row) {
        if (parsed.size() >= CACHED_BUNDLES) {
            parsed.clear();
        }
        return parsed.computeIfAbsent(row.digest, digest -> reparse(row));
    }

    private static SignedPolicy reparse(StoredPolicy row) {
        try {
            return SignedPolicy.of(PolicyBundle.parse(row.canonical()));
        } catch (Malformed e) {
            throw new IllegalStateException("a stored bundle was parsed before it was stored", e);
        }
    }

    private static Budget stricter(Budget one, Budget other) {
        return one.microEpsilon() <= other.microEpsilon() ? one : other;
    }
}
