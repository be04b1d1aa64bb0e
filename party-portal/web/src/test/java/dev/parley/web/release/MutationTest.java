package dev.parley.web.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.policy.sample.SampleTemplates;
import dev.parley.protocol.crypto.BadSignature;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.release.Challenge;
import dev.parley.protocol.release.CommitRequest;
import dev.parley.protocol.release.Grants;
import dev.parley.protocol.release.PrepareRequest;
import dev.parley.protocol.release.Release;
import dev.parley.protocol.room.PartyId;
import dev.parley.web.testing.TestEnclave;
import dev.parley.web.testing.TestRun;
import dev.parley.web.testing.Wish;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ten thousand changes of one byte each, in everything that is shown: all refused, the unchanged accepted. */
class MutationTest {
    private static final TestRun RUN = new TestRun();
    private static final int CHANGES = 10_000;

    private final Wish wish = RUN.wish();
    private final TestEnclave enclave = new TestEnclave(wish);
    private final RunExamination examination = new RunExamination(RUN.room.roots());
    private PrepareRequest good;
    private Challenge challenge;

    @BeforeEach
    void ask() throws Exception {
        var broker = RUN.room.sample.retailer().broker();
        var signed = RUN.retailer.broker.challenge(RUN.room.bundle.room(), wish.signed());
        challenge = Challenge.read(signed, broker.verificationKey());
        good = enclave.prepare(challenge, RUN.retailer.now());
    }

    @AfterAll
    static void stop() {
        RUN.close();
    }

    @Test
    void refusesEveryChangedByteOfTheEvidence() throws Exception {
        var evidence = good.evidence().toArray();

        assertThat(refused(evidence, 1, changed -> examination.nonceOf(withEvidence(changed), RUN.retailer.now())))
                .isEqualTo(CHANGES);

        assertThat(examination.nonceOf(good, RUN.retailer.now())).isEqualTo(challenge.nonce());
        assertThat(RUN.retailer.broker.prepare(good)).isNotNull();
    }

    /** The digest of the bundle is what counts: none of its bytes can change unseen. */
    @Test
    void refusesEveryChangedByteOfTheBundle() throws Exception {
        var policy = SignedPolicy.of(RUN.room.bundle);
        var bundle = good.policy().bundle().toArray();

        assertThat(refused(
                        bundle,
                        2,
                        changed -> RunExamination.requirePolicy(
                                withPolicy(Bytes.copyOf(changed), good.policy().approvals()),
                                policy,
                                RUN.retailer.now())))
                .isEqualTo(CHANGES);

        RunExamination.requirePolicy(good, policy, RUN.retailer.now());
    }

    @Test
    void refusesEveryChangedByteOfAnApproval() throws Exception {
        var policy = SignedPolicy.of(RUN.room.bundle);
        var approvals = good.policy().approvals();
        var approval = ascii(approvals.getFirst());

        assertThat(refused(
                        approval,
                        3,
                        changed -> RunExamination.requirePolicy(
                                withPolicy(good.policy().bundle(), replaceFirst(approvals, changed)),
                                policy,
                                RUN.retailer.now())))
                .isEqualTo(CHANGES);

        RunExamination.requirePolicy(good, policy, RUN.retailer.now());
    }

    @Test
    void refusesEveryChangedByteOfAGrant() throws Exception {
        var grants = RUN.grants(wish, enclave);
        var own = ascii(grants.getFirst());
        var others = ascii(grants.getLast());

        assertThat(refused(
                        own,
                        4,
                        CHANGES / 2,
                        changed -> RUN.retailer.broker.commit(
                                new CommitRequest(List.of(parse(changed), grants.getLast())))))
                .isEqualTo(CHANGES / 2);
        assertThat(refused(
                        others,
                        5,
                        CHANGES / 2,
                        changed -> RUN.retailer.broker.commit(
                                new CommitRequest(List.of(grants.getFirst(), parse(changed))))))
                .isEqualTo(CHANGES / 2);

        assertThat(RUN.retailer.broker.commit(new CommitRequest(grants))).isNotNull();
    }

    @Test
    void theEnclaveRefusesEveryChangedByteOfARelease() throws Exception {
        var grants = RUN.grants(wish, enclave);
        var release = ascii(RUN.retailer.broker.commit(new CommitRequest(grants)));
        var verified = Grants.verify(grants, wishBrokers());

        assertThat(refused(release, 6, changed -> open(parse(changed), verified)))
                .isEqualTo(CHANGES);

        open(parse(release), verified);
    }

    private void open(Jws release, Grants grants) throws BadSignature, Malformed {
        Release.read(release, RUN.room.sample.retailer().broker().verificationKey())
                .open(enclave.key, grants)
                .close();
    }

    private static Map<PartyId, dev.parley.protocol.crypto.VerificationKey> wishBrokers() {
        return Map.of(
                SampleTemplates.RETAILER,
                RUN.room.sample.retailer().broker().verificationKey(),
                SampleTemplates.PUBLISHER,
                RUN.room.sample.publisher().broker().verificationKey());
    }

    private PrepareRequest withEvidence(byte[] evidence) {
        return dev.parley.web.testing.Prepares.evidence(Bytes.copyOf(evidence)).apply(good);
    }

    private PrepareRequest withPolicy(Bytes bundle, List<Jws> approvals) {
        return dev.parley.web.testing.Prepares.policy(bundle, approvals).apply(good);
    }

    private static List<Jws> replaceFirst(List<Jws> approvals, byte[] changed) throws Malformed {
        var replaced = new java.util.ArrayList<>(approvals);
        replaced.set(0, parse(changed));
        return List.copyOf(replaced);
    }

    private static Jws parse(byte[] compact) throws Malformed {
        return Jws.parse(new String(compact, StandardCharsets.ISO_8859_1));
    }

    private static byte[] ascii(Jws statement) {
        return statement.compact().getBytes(StandardCharsets.US_ASCII);
    }

    private interface Shown {
        void to(byte[] changed) throws Exception;
    }

    private static long refused(byte[] right, long seed, Shown shown) {
        return refused(right, seed, CHANGES, shown);
    }

    /** How many of so many changes were refused: in the form, by a signature or by the broker, and in no other way. */
    private static long refused(byte[] right, long seed, int changes, Shown shown) {
        return IntStream.range(0, changes)
                .parallel()
                .filter(i -> {
                    var random = new Random(seed * CHANGES + i);
                    var changed = right.clone();
                    changed[random.nextInt(changed.length)] ^= (byte) (1 + random.nextInt(255));
                    return isRefused(changed, shown);
                })
                .count();
    }

    private static boolean isRefused(byte[] changed, Shown shown) {
        try {
            shown.to(changed);
            return false;
        } catch (Malformed | BadSignature | ReleaseRefusal e) {
            return true;
        } catch (Exception e) {
            throw new AssertionError("neither accepted nor refused", e);
        }
    }
}
