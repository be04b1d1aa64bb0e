package dev.parley.web.testing;

import static java.util.Objects.requireNonNull;

import dev.parley.policy.bundle.AcceptedMeasurement;
import dev.parley.policy.bundle.LogIdentity;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.policy.bundle.Privacy;
import dev.parley.policy.bundle.ReferenceValues;
import dev.parley.policy.sample.SampleParty;
import dev.parley.policy.sample.SampleRoom;
import dev.parley.protocol.attestation.Measurement;
import dev.parley.protocol.attestation.TrustDomain;
import dev.parley.protocol.attestation.TrustRoot;
import dev.parley.protocol.attestation.TrustRoots;
import dev.parley.protocol.attestation.testing.TestClaims;
import dev.parley.protocol.attestation.testing.TestPlatform;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.OpeningKey;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.log.Checkpoint;
import dev.parley.protocol.log.LogSigner;
import dev.parley.protocol.log.MerkleTree;
import dev.parley.protocol.room.DatasetId;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.sealing.CiphertextDigest;
import dev.parley.protocol.sealing.ColumnType;
import dev.parley.protocol.sealing.DatasetKey;
import dev.parley.protocol.sealing.DatasetManifest;
import dev.parley.protocol.sealing.Schema;
import dev.parley.protocol.sealing.SealedCiphertext;
import dev.parley.protocol.sealing.SealedVersion;
import dev.parley.protocol.sealing.WrappedDatasetKey;
import dev.parley.web.keys.BrokerKeys;
import dev.parley.web.keys.PartyKeys;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sample room on a platform and a log of its own, with the keys of both brokers. */
public final class TestRoom {
    public static final Measurement IMAGE = TestClaims.measurement("image");
    public static final Measurement OLD_IMAGE = TestClaims.measurement("old image");
    public static final long COST = 100_000;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String ORIGIN = "log.example/parley";

    public final SampleRoom sample;
    public final TestPlatform platform;
    public final LogSigner logSigner;
    public final MerkleTree log;
    public final PolicyBundle bundle;
    public final List<Jws> approvals;
    private final Map<PartyId, PartyKeys> keys;

    public TestRoom() {
        sample = SampleRoom.create(RANDOM);
        platform = TestPlatform.at(SampleRoom.NOW);
        logSigner = LogSigner.generate(ORIGIN, RANDOM);
        log = new MerkleTree();
        keys = new HashMap<>();
        bundle = cheap(sample.bundle(
                new ReferenceValues(
                        TrustDomain.SIMULATED,
                        platform.root().fingerprint(),
                        List.of(
                                new AcceptedMeasurement(IMAGE.pcr0(), IMAGE.pcr1(), IMAGE.pcr2(), SampleRoom.UNTIL),
                                new AcceptedMeasurement(
                                        OLD_IMAGE.pcr0(), OLD_IMAGE.pcr1(), OLD_IMAGE.pcr2(), SampleRoom.FROM))),
                new LogIdentity(ORIGIN, logSigner.key().publicKey())));
        approvals = sample.approvals(bundle);
        sample.parties().forEach(party -> keys.put(party.id(), keys(party)));
        grow(5);
    }

    private TestRoom(TestRoom before, PolicyBundle successor) {
        sample = before.sample;
        platform = before.platform;
        logSigner = before.logSigner;
        log = before.log;
        keys = before.keys;
        bundle = successor;
        approvals = sample.approvals(successor);
    }

    /** The same room under the next version of its policy, approved by all, which accepts these images alone. */
    public TestRoom accepting(AcceptedMeasurement... images) {
        var values = bundle.referenceValues();
        return new TestRoom(
                this,
                new PolicyBundle(
                        bundle.room(),
                        bundle.name(),
                        bundle.purpose(),
                        bundle.version() + 1,
                        Optional.of(bundle.digest()),
                        bundle.validFrom(),
                        bundle.validUntil(),
                        new ReferenceValues(values.trustDomain(), values.rootFingerprint(), List.of(images)),
                        bundle.log(),
                        bundle.parties(),
                        bundle.datasets(),
                        bundle.privacy(),
                        bundle.templates()));
    }

    /** The sample's limits with runs of epsilon 0.1: tests ask more often than its budgets last. */
    private static PolicyBundle cheap(PolicyBundle bundle) {
        var privacy = bundle.privacy().stream()
                .map(p -> new Privacy(
                        p.party(),
                        p.source(),
                        p.modes(),
                        p.thresholds(),
                        p.budgets(),
                        new Privacy.PerRun(COST, 2, 5),
                        new Privacy.Repeats(3, Optional.empty())))
                .toList();
        return new PolicyBundle(
                bundle.room(),
                bundle.name(),
                bundle.purpose(),
                bundle.version(),
                bundle.previous(),
                bundle.validFrom(),
                bundle.validUntil(),
                bundle.referenceValues(),
                bundle.log(),
                bundle.parties(),
                bundle.datasets(),
                privacy,
                bundle.templates());
    }

    private static PartyKeys keys(SampleParty party) {
        var noise = new byte[BrokerKeys.NOISE_KEY_SIZE];
        RANDOM.nextBytes(noise);
        var broker = BrokerKeys.takeOwnershipOf(party.id(), party.broker(), OpeningKey.generate(RANDOM), noise);
        return new PartyKeys(
                broker,
                party.root().verificationKey(),
                Optional.of(party.steward().verificationKey()));
    }

    public PartyKeys keys(PartyId party) {
        return requireNonNull(keys.get(party));
    }

    /** AWS's and that of this room's platform. */
    public TrustRoots roots() {
        return TrustRoots.of(TrustRoot.awsNitro(), platform.root());
    }

    /** Adds entries to the log. */
    public void grow(int entries) {
        for (var i = 0; i < entries; i++) {
            log.append(MerkleTree.leafHash(Bytes.utf8("entry " + log.size())));
        }
    }

    public Checkpoint checkpoint() {
        return Checkpoint.sign(log.head(), logSigner);
    }

    public DatasetManifest manifest(DatasetId id, int version) {
        return manifest(id, version, TrustDomain.SIMULATED);
    }

    public DatasetManifest manifest(DatasetId id, int version, TrustDomain domain) {
        var dataset = bundle.dataset(id).orElseThrow();
        var columns = dataset.columns().stream()
                .map(c ->
                        new Schema.Column(c.name().value(), columnType(c.type().text())))
                .toList();
        return new DatasetManifest(
                new SealedVersion(bundle.room(), id, version, dataset.owner()),
                dataset.lineage(),
                domain,
                new Schema(columns),
                ciphertext(version),
                SampleRoom.FROM);
    }

    private static SealedCiphertext ciphertext(int version) {
        try {
            var digest = Arrays.copyOf(new byte[] {(byte) version}, 32);
            return new SealedCiphertext(
                    1_000,
                    CiphertextDigest.parse(Bytes.copyOf(digest).hex()),
                    Bytes.copyOf(new byte[SealedCiphertext.SALT_SIZE]),
                    Bytes.copyOf(new byte[SealedCiphertext.COMMITMENT_SIZE]));
        } catch (Malformed e) {
            throw new AssertionError(e);
        }
    }

    private static ColumnType columnType(String text) {
        try {
            return ColumnType.parse(text);
        } catch (Malformed e) {
            throw new AssertionError(e);
        }
    }

    public SampleParty party(PartyId id) {
        return sample.parties().stream()
                .filter(p -> p.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    public Jws sign(DatasetManifest manifest) {
        return manifest.sign(party(manifest.party()).steward());
    }

    /** The key of every dataset: as many times the version's number as a key has bytes. */
    public static byte[] datasetKey(int version) {
        var key = new byte[DatasetKey.SIZE];
        Arrays.fill(key, (byte) version);
        return key;
    }

    public WrappedDatasetKey wrap(SealedVersion version) {
        try (var key = DatasetKey.takeOwnershipOf(datasetKey(version.version()))) {
            return WrappedDatasetKey.wrap(
                    key, version, keys(version.party()).broker().wrapKey());
        }
    }
}
