package dev.parley.web.testing;

import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.policy.sample.SampleParty;
import dev.parley.policy.sample.SampleRoom;
import dev.parley.protocol.room.DatasetVersion;
import dev.parley.protocol.room.RoomId;
import dev.parley.protocol.sealing.DatasetManifest;
import dev.parley.protocol.sealing.WrappedDatasetKey;
import dev.parley.web.budget.PostgresLedger;
import dev.parley.web.database.Sql;
import dev.parley.web.database.Transactions;
import dev.parley.web.release.HeldDatasets;
import dev.parley.web.release.KeyBroker;
import dev.parley.web.release.PostgresChallenges;
import dev.parley.web.release.PostgresHeads;
import dev.parley.web.release.RunExamination;
import dev.parley.web.release.SignedPolicies;
import dev.parley.web.release.SignedPolicy;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** One party's broker on a real database; its register of policies and datasets is what the test puts there. */
public final class TestBroker implements SignedPolicies, HeldDatasets {
    public final KeyBroker broker;
    public final PostgresLedger ledger;
    private final TestRoom room;
    private final Transactions transactions;
    private final Map<RoomId, SignedPolicy> signed = new ConcurrentHashMap<>();
    private final Map<DatasetVersion, WrappedDatasetKey> held = new ConcurrentHashMap<>();
    private volatile Instant now = SampleRoom.NOW;

    public TestBroker(TestRoom room, SampleParty party, Transactions transactions) {
        this.room = room;
        this.transactions = transactions;
        this.ledger = new PostgresLedger(transactions);
        var stores = new KeyBroker.Stores(
                this, new PostgresChallenges(transactions), this, new PostgresHeads(transactions), ledger);
        this.broker = new KeyBroker(
                room.keys(party.id()).broker(),
                stores,
                new RunExamination(room.roots()),
                () -> now,
                new SecureRandom());
        sign(room.bundle);
    }

    public void sign(PolicyBundle bundle) {
        signed.put(bundle.room(), SignedPolicy.of(bundle));
    }

    public void hold(DatasetManifest manifest) {
        held.put(manifest.reference(), room.wrap(manifest.sealed()));
    }

    public void shred(DatasetManifest manifest) {
        held.remove(manifest.reference());
    }

    /** What all its people lost, in micro-epsilon. */
    public long spent() {
        return sum("select coalesce(sum(micro_epsilon), 0) from spending");
    }

    /** How many releases it counted. */
    public long releases() {
        return sum("select coalesce(sum(releases), 0) from charge");
    }

    private long sum(String query) {
        return transactions.run(connection -> Sql.of(connection, query).number());
    }

    public Instant now() {
        return now;
    }

    public void wait(Duration time) {
        now = now.plus(time);
    }

    @Override
    public Optional<SignedPolicy> newest(RoomId id) {
        return Optional.ofNullable(signed.get(id));
    }

    @Override
    public Optional<WrappedDatasetKey> key(RoomId id, DatasetVersion version) {
        return Optional.ofNullable(held.get(version));
    }
}
