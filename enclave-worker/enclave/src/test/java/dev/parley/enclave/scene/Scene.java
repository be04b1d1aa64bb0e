package dev.parley.enclave.scene;

import static java.util.Objects.requireNonNull;

import dev.parley.policy.bundle.AcceptedMeasurement;
import dev.parley.policy.bundle.LogIdentity;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.policy.bundle.ReferenceValues;
import dev.parley.policy.plan.PlanJson;
import dev.parley.policy.sample.SampleParty;
import dev.parley.policy.sample.SampleRoom;
import dev.parley.protocol.attestation.Measurement;
import dev.parley.protocol.attestation.ParentRole;
import dev.parley.protocol.attestation.TrustDomain;
import dev.parley.protocol.attestation.testing.TestClaims;
import dev.parley.protocol.attestation.testing.TestPlatform;
import dev.parley.protocol.crypto.SigningKey;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.log.LogSigner;
import dev.parley.protocol.log.MerkleTree;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.room.RunRequest;
import dev.parley.protocol.sealing.ColumnType;
import dev.parley.protocol.sealing.DatasetKey;
import dev.parley.protocol.sealing.DatasetManifest;
import dev.parley.protocol.sealing.Schema;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The sample's room with people in it: all that a run needs, except a host. */
public final class Scene {
    public static final Instant NOW = SampleRoom.NOW;
    public static final Measurement IMAGE = TestClaims.measurement("enclave");
    /** Of a platform that lacks a layer of isolation. */
    public static final ParentRole ROLE = ParentRole.simulated("no-dedicated-user");

    /** Stands in a hidden column of every row and must never be seen outside. */
    public static final String CANARY = "canary-7f3a91c2e8d45b60";

    public static final int PEOPLE = 600;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final SampleRoom room;
    private final TestPlatform platform;
    private final LogSigner log;
    private final MerkleTree tree;
    private final PolicyBundle bundle;
    private final List<SealedPeople> data;
    private final Map<PartyId, byte[]> noiseKeys;

    private Scene(SampleRoom room, UnaryOperator<PolicyBundle> change) {
        this.room = room;
        this.platform = TestPlatform.at(NOW);
        this.log = LogSigner.generate("log.example/parley", RANDOM);
        this.tree = new MerkleTree();
        for (var i = 0; i < 7; i++) {
            tree.append(MerkleTree.leafHash(Bytes.utf8("entry " + i)));
        }
        this.bundle = change.apply(room.bundle(
                new ReferenceValues(
                        TrustDomain.SIMULATED,
                        platform.root().fingerprint(),
                        List.of(new AcceptedMeasurement(IMAGE.pcr0(), IMAGE.pcr1(), IMAGE.pcr2(), SampleRoom.UNTIL))),
                new LogIdentity(log.key().origin(), log.key().publicKey())));
        this.data = bundle.datasets().stream()
                .map(dataset -> SealedPeople.seal(
                        dataset,
                        bundle.room(),
                        Person.many(PEOPLE),
                        random(DatasetKey.SIZE).toArray(),
                        RANDOM))
                .toList();
        this.noiseKeys = Map.of(room.retailer().id(), key(), room.publisher().id(), key());
    }

    public static Scene create() {
        return with(bundle -> bundle);
    }

    /** With another bundle than the sample's. */
    public static Scene with(UnaryOperator<PolicyBundle> change) {
        return new Scene(SampleRoom.create(RANDOM), change);
    }

    public SampleRoom room() {
        return room;
    }

    public TestPlatform platform() {
        return platform;
    }

    public LogSigner log() {
        return log;
    }

    public MerkleTree tree() {
        return tree;
    }

    public PolicyBundle bundle() {
        return bundle;
    }

    /** In the order of the run request. */
    public List<SealedPeople> data() {
        return data;
    }

    /** Customers as their owner could seal them a second time under the same key and salt: one person spends more. */
    public SealedPeople equivocation() {
        var first = data.getFirst();
        var people = new ArrayList<>(Person.many(PEOPLE));
        var richer = people.getFirst();
        people.set(0, new Person(richer.identity(), richer.segment(), richer.cents() + 1, richer.campaign()));
        var salt = first.manifest().ciphertext().salt().toArray();
        var sameSalt = new SecureRandom() {
            private static final long serialVersionUID = 1L;

            @Override
            public void nextBytes(byte[] bytes) {
                System.arraycopy(salt, 0, bytes, 0, bytes.length);
            }
        };
        return SealedPeople.seal(
                bundle.dataset(first.manifest().dataset()).orElseThrow(), bundle.room(), people, first.key(), sameSalt);
    }

    /** Each party's broker, as it is before anyone asked it. */
    public Map<PartyId, TestBroker> brokers() {
        return brokers(noiseKeys);
    }

    public Map<PartyId, TestBroker> brokersWithOtherNoise() {
        return brokers(Map.of(room.retailer().id(), key(), room.publisher().id(), key()));
    }

    /** The brokers' program with everything that it knows, but for one party under a key of somebody else's. */
    public Map<PartyId, TestBroker> brokersWithAnImpostor(SampleParty party, SigningKey key) {
        var impostor = new SampleParty(
                party.id(),
                party.root(),
                party.compliance(),
                party.legal(),
                party.steward(),
                party.run(),
                key,
                party.recipient());
        var brokers = brokers();
        brokers.put(party.id(), new TestBroker(this, impostor, requireNonNull(noiseKeys.get(party.id()))));
        return brokers;
    }

    private Map<PartyId, TestBroker> brokers(Map<PartyId, byte[]> noise) {
        Map<PartyId, TestBroker> brokers = new LinkedHashMap<>();
        for (SampleParty party : room.parties()) {
            brokers.put(party.id(), new TestBroker(this, party, requireNonNull(noise.get(party.id()))));
        }
        return brokers;
    }

    /** Customers with a column more than the policy says, as their steward would name them. */
    public DatasetManifest withAnotherColumn() {
        var honest = data.getFirst().manifest();
        List<Schema.Column> columns = new ArrayList<>(honest.schema().columns());
        columns.add(new Schema.Column("extra", new ColumnType.Whole()));
        return new DatasetManifest(
                honest.sealed(),
                honest.lineage(),
                honest.trustDomain(),
                new Schema(columns),
                honest.ciphertext(),
                honest.createdAt());
    }

    /** The publisher asks for reach by segment, for both. */
    public RunRequest request() {
        return request(data.getFirst().manifest());
    }

    /** As {@link #request()}, of other customers. */
    public RunRequest request(DatasetManifest customers) {
        var query = room.request();
        return new RunRequest(
                bundle.room(),
                bundle.digest(),
                random(RunRequest.ID_SIZE),
                room.publisher().id(),
                new RunRequest.Query(
                        query.template(),
                        PlanJson.print(query.plan()),
                        PlanJson.printParameters(query.parameters()),
                        List.of(customers.reference(), data.get(1).manifest().reference())),
                query.recipients(),
                new RunRequest.Validity(NOW.minusSeconds(60), NOW.plus(Duration.ofHours(1))));
    }

    public Bytes random(int size) {
        var bytes = new byte[size];
        RANDOM.nextBytes(bytes);
        return Bytes.takeOwnershipOf(bytes);
    }

    private byte[] key() {
        return random(32).toArray();
    }
}
