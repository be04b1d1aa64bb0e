package dev.parley.web.testing;

import dev.parley.protocol.attestation.Measurement;
import dev.parley.protocol.attestation.testing.TestClaims;
import dev.parley.protocol.attestation.testing.TestPlatform;
import dev.parley.protocol.crypto.BadSignature;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.OpeningKey;
import dev.parley.protocol.crypto.Sha256Digest;
import dev.parley.protocol.crypto.VerificationKey;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.log.Checkpoint;
import dev.parley.protocol.release.Challenge;
import dev.parley.protocol.release.PrepareRequest;
import dev.parley.protocol.release.QueryIdentity;
import dev.parley.protocol.release.ReleaseBinding;
import dev.parley.protocol.release.RunRegisters;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/** The enclave's side for one run: evidence really signed by the room's platform, right until a test bends it. */
public final class TestEnclave {
    public static final Json.Obj CONFIGURATION = Json.object()
            .put("parley", "configuration/1")
            .put("slotMillis", 1_000)
            .put("engineThreads", 2)
            .put("engineMemoryMiB", 512)
            .build();

    public final OpeningKey key = OpeningKey.generate(new SecureRandom());
    private final Wish wish;
    private TestPlatform platform;
    private Measurement measurement = TestRoom.IMAGE;
    private UnaryOperator<TestClaims> claims = claims -> claims;
    private UnaryOperator<ReleaseBinding> binding = binding -> binding;

    public TestEnclave(Wish wish) {
        this.wish = wish;
        this.platform = wish.room().platform;
    }

    public Wish wish() {
        return wish;
    }

    public TestEnclave on(TestPlatform other) {
        platform = other;
        return this;
    }

    public TestEnclave running(Measurement image) {
        measurement = image;
        return this;
    }

    /** Changes what the evidence says, before it is signed. */
    public TestEnclave saying(UnaryOperator<TestClaims> bend) {
        claims = bend;
        return this;
    }

    public TestEnclave bound(UnaryOperator<ReleaseBinding> bend) {
        binding = bend;
        return this;
    }

    public PrepareRequest prepare(Jws challenge, Instant now) {
        return prepare(read(challenge), now);
    }

    public PrepareRequest prepare(Challenge challenge, Instant now) {
        var room = wish.room();
        var checkpoint = room.checkpoint();
        return new PrepareRequest(
                evidence(challenge.nonce(), checkpoint, now),
                wish.signed(),
                new PrepareRequest.Policy(room.bundle.canonical(), room.approvals),
                wish.manifests().stream().map(room::sign).toList(),
                CONFIGURATION,
                new PrepareRequest.LogView(checkpoint.note(), proof(challenge)));
    }

    private List<Sha256Digest> proof(Challenge challenge) {
        var log = wish.room().log;
        return challenge.lastSeen().isPresent() && challenge.lastSeen().get().size() < log.size()
                ? log.consistencyProof(challenge.lastSeen().get().size(), log.size())
                : List.of();
    }

    public Bytes evidence(Bytes nonce, Checkpoint checkpoint, Instant now) {
        var policy = wish.room().bundle.digest();
        var query = new QueryIdentity(wish.request().query(), measurement, policy).digest();
        var registers = RunRegisters.of(policy, query);
        var said = TestClaims.at(now)
                .measurement(measurement)
                .pcr(RunRegisters.POLICY_INDEX, registers.pcr16())
                .pcr(RunRegisters.QUERY_INDEX, registers.pcr17())
                .publicKey(key.sealingKey().point())
                .userData(binding.apply(binding(checkpoint)).digest().bytes())
                .nonce(nonce);
        return platform.attest(claims.apply(said).build()).document();
    }

    private ReleaseBinding binding(Checkpoint checkpoint) {
        var recipients = wish.request().recipients().stream()
                .map(party -> new ReleaseBinding.Recipient(
                        party, wish.room().party(party).recipient().sealingKey().thumbprint()))
                .toList();
        return new ReleaseBinding(wish.request().digest(), recipients, CONFIGURATION, checkpoint.head());
    }

    private Challenge read(Jws challenge) {
        return wish.room().sample.parties().stream()
                .map(party -> party.broker().verificationKey())
                .filter(key -> key.thumbprint().equals(challenge.signer()))
                .map(key -> read(challenge, key))
                .findFirst()
                .orElseThrow();
    }

    private static Challenge read(Jws challenge, VerificationKey broker) {
        try {
            return Challenge.read(challenge, broker);
        } catch (BadSignature | Malformed e) {
            throw new AssertionError(e);
        }
    }
}
