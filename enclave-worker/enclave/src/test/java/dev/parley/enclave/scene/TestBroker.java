package dev.parley.enclave.scene;

import dev.parley.policy.approval.Approvals;
import dev.parley.policy.approval.Standing;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.policy.run.RunVerdict;
import dev.parley.policy.run.RunVerifier;
import dev.parley.policy.run.VerifiedRun;
import dev.parley.policy.sample.SampleParty;
import dev.parley.protocol.attestation.Evidence;
import dev.parley.protocol.attestation.Freshness;
import dev.parley.protocol.attestation.VerifiedEnclave;
import dev.parley.protocol.crypto.BadSignature;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.SealingKey;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.crypto.Thumbprint;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.log.Checkpoint;
import dev.parley.protocol.log.MerkleProof;
import dev.parley.protocol.log.TreeHead;
import dev.parley.protocol.release.Challenge;
import dev.parley.protocol.release.CommitRequest;
import dev.parley.protocol.release.Grant;
import dev.parley.protocol.release.Grants;
import dev.parley.protocol.release.PrepareRequest;
import dev.parley.protocol.release.QueryIdentity;
import dev.parley.protocol.release.Release;
import dev.parley.protocol.release.ReleaseBinding;
import dev.parley.protocol.release.ReleaseSecrets;
import dev.parley.protocol.release.RunRegisters;
import dev.parley.protocol.release.Seed;
import dev.parley.protocol.room.DatasetId;
import dev.parley.protocol.room.QueryDigest;
import dev.parley.protocol.room.RunRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A party's broker: verifies as {@code key-release.md} says and signs under the bundle's key. Keeps no ledger. */
public final class TestBroker {
    private final Scene scene;
    private final SampleParty party;
    private final byte[] noiseKey;
    private final List<Bytes> openNonces = new ArrayList<>();
    private final AtomicInteger commits = new AtomicInteger();
    private Optional<VerifiedRun> prepared = Optional.empty();

    /** What it says in challenges. */
    public Instant now = Scene.NOW;

    public Challenge.Newest newest;
    public List<Thumbprint> revoked = List.of();
    public Optional<TreeHead> lastSeen = Optional.empty();

    TestBroker(Scene scene, SampleParty party, byte[] noiseKey) {
        this.scene = scene;
        this.party = party;
        this.noiseKey = noiseKey;
        this.newest =
                new Challenge.Newest(scene.bundle().version(), scene.bundle().digest());
    }

    /** It says no, with a code. */
    public static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;
        private final String code;

        Refusal(String code) {
            super(code);
            this.code = code;
        }

        public String code() {
            return code;
        }
    }

    public int commits() {
        return commits.get();
    }

    public Jws challenge(Jws runRequest) {
        var nonce = scene.random(Challenge.NONCE_SIZE);
        openNonces.add(nonce);
        return challenge(
                        new Challenge.Subject(
                                party.id(), scene.bundle().room(), Sha384Digest.of(runRequest.unverifiedPayload())),
                        nonce)
                .sign(party.broker());
    }

    public Challenge challenge(Challenge.Subject subject, Bytes nonce) {
        return new Challenge(subject, nonce, now, newest, revoked, lastSeen);
    }

    public Jws prepare(Bytes body) throws Refusal {
        try {
            var request = PrepareRequest.parse(body);
            var enclave = verified(request);
            var run = accepted(request);
            var query = new QueryIdentity(
                            run.request().query(),
                            enclave.measurement(),
                            run.bundle().digest())
                    .digest();
            var registers = RunRegisters.of(run.bundle().digest(), query);
            require(registers.bindPolicyIn(enclave.pcrs()), "POLICY_NOT_MEASURED");
            require(registers.bindQueryIn(enclave.pcrs()), "QUERY_NOT_MEASURED");
            var head = head(request);
            var binding = binding(request, run, head).digest().bytes();
            require(enclave.userData().equals(Optional.of(binding)), "BINDING_MISMATCH");
            prepared = Optional.of(run);
            return grant(run, query, SealingKey.parsePoint(enclave.publicKey().orElseThrow()))
                    .sign(party.broker());
        } catch (Malformed | BadSignature e) {
            throw new Refusal("MALFORMED_REQUEST");
        }
    }

    /** Any grant of this party. */
    public Grant grant(VerifiedRun run, QueryDigest query, SealingKey key) {
        var described =
                new Grant.Run(run.request().digest(), query, run.bundle().digest());
        try (var seed = Seed.derive(party.id(), noiseKey, query)) {
            return new Grant(
                    party.id(),
                    described,
                    key,
                    seed.commitment(query),
                    new Grant.Charge(1_000_000, List.of()),
                    now.plusSeconds(300));
        }
    }

    public Jws commit(Bytes body) throws Refusal {
        try {
            var run = prepared.orElseThrow(() -> new Refusal("RESERVATION_LAPSED"));
            var grants = Grants.verify(CommitRequest.parse(body).grants(), run.brokers());
            commits.incrementAndGet();
            return release(grants, noiseKey, keys());
        } catch (Malformed | BadSignature e) {
            throw new Refusal("GRANTS_REFUSED");
        }
    }

    /** Any release of this party. */
    public Jws release(Grants grants, byte[] noise, Map<DatasetId, byte[]> keys) {
        var seed = Seed.derive(party.id(), noise, grants.run().query());
        try (var secrets = ReleaseSecrets.takeOwnershipOf(seed, keys)) {
            return Release.seal(party.id(), grants, secrets).sign(party.broker());
        }
    }

    public byte[] noiseKey() {
        return noiseKey.clone();
    }

    public Map<DatasetId, byte[]> keys() {
        Map<DatasetId, byte[]> keys = new HashMap<>();
        for (var data : scene.data()) {
            if (data.manifest().party().equals(party.id())) {
                keys.put(data.manifest().dataset(), data.key().clone());
            }
        }
        return keys;
    }

    private VerifiedEnclave verified(PrepareRequest request) throws Refusal {
        for (var nonce : openNonces) {
            var freshness = new Freshness(nonce, Scene.NOW, Duration.ofMinutes(5));
            var enclave = scene.platform().verifier().verify(new Evidence(request.evidence()), freshness);
            if (enclave.trusted().isPresent()) {
                openNonces.remove(nonce);
                require(enclave.trusted().get().measurement().equals(Scene.IMAGE), "MEASUREMENT_NOT_ACCEPTED");
                return enclave.trusted().get();
            }
        }
        throw new Refusal("EVIDENCE_REFUSED");
    }

    private VerifiedRun accepted(PrepareRequest request) throws Refusal, Malformed {
        var bundle = PolicyBundle.parse(request.policy().bundle());
        require(bundle.digest().equals(scene.bundle().digest()), "POLICY_NOT_NEWEST");
        var standing = Approvals.activate(bundle, request.policy().approvals(), now);
        require(standing instanceof Standing.Active, "POLICY_NOT_ACTIVE");
        return switch (new RunVerifier(bundle).verify(request.runRequest(), request.manifests(), now)) {
            case RunVerdict.Accepted(var run) -> run;
            case RunVerdict verdict -> throw new Refusal(RunVerdict.code(verdict));
        };
    }

    private TreeHead head(PrepareRequest request) throws Refusal, Malformed, BadSignature {
        var head =
                Checkpoint.verify(request.log().checkpoint(), scene.log().key()).head();
        var extended = lastSeen.isEmpty()
                || MerkleProof.consistent(lastSeen.get(), head, request.log().consistency());
        require(extended, "LOG_INCONSISTENT");
        return head;
    }

    private static ReleaseBinding binding(PrepareRequest request, VerifiedRun run, TreeHead head) {
        RunRequest described = run.request();
        var recipients = run.recipients().entrySet().stream()
                .map(r -> new ReleaseBinding.Recipient(r.getKey(), r.getValue().thumbprint()))
                .toList();
        return new ReleaseBinding(described.digest(), recipients, request.configuration(), head);
    }

    private static void require(boolean holds, String code) throws Refusal {
        if (!holds) {
            throw new Refusal(code);
        }
    }
}
