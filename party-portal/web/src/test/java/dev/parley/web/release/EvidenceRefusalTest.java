package dev.parley.web.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.policy.sample.SampleTemplates;
import dev.parley.protocol.attestation.Evidence;
import dev.parley.protocol.attestation.Pcrs;
import dev.parley.protocol.attestation.testing.TestClaims;
import dev.parley.protocol.attestation.testing.TestPlatform;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.release.PrepareRequest;
import dev.parley.web.testing.Prepares;
import dev.parley.web.testing.TestEnclave;
import dev.parley.web.testing.TestRoom;
import dev.parley.web.testing.TestRun;
import dev.parley.web.testing.Wish;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Evidence that is right in all but one thing gets nothing ({@code key-release.md} §6). Replays are {@link
 * ReplayAttackTest}'s, bindings {@link OtherPurposeAttackTest}'s.
 */
class EvidenceRefusalTest {
    private static final TestRun RUN = new TestRun();

    @AfterAll
    static void stop() {
        RUN.close();
    }

    @Test
    void refusesEvidenceOfAPlatformWithAnotherRoot() {
        var stranger = TestPlatform.at(RUN.retailer.now());
        assertRefused("EVIDENCE_REFUSED", wish -> new TestEnclave(wish).on(stranger));
    }

    @Test
    void refusesADebugEnclave() {
        assertRefused("EVIDENCE_REFUSED", wish -> new TestEnclave(wish).saying(TestClaims::debug));
    }

    @Test
    void refusesStaleEvidence() throws Exception {
        var wish = RUN.wish();
        var challenge = RUN.retailer.broker.challenge(RUN.room.bundle.room(), wish.signed());
        var old = new TestEnclave(wish).prepare(challenge, RUN.retailer.now().minus(Duration.ofMinutes(3)));

        assertThat(codeOf(() -> RUN.retailer.broker.prepare(old))).isEqualTo("EVIDENCE_REFUSED");
    }

    @Test
    void refusesOversizedEvidenceBeforeItIsRead() {
        var huge = Bytes.copyOf(new byte[Evidence.MAX_SIZE + 1]);
        assertRefused("EVIDENCE_REFUSED", TestEnclave::new, Prepares.evidence(huge));
    }

    @Test
    void refusesEvidenceThatAnswersNoChallengeOfThisBroker() throws Exception {
        assertRefused(
                "CHALLENGE_UNKNOWN", wish -> new TestEnclave(wish).saying(c -> c.nonce(Bytes.copyOf(new byte[32]))));
        var wish = RUN.wish();
        var others = RUN.request(SampleTemplates.PUBLISHER, wish, new TestEnclave(wish));

        assertThat(codeOf(() -> RUN.retailer.broker.prepare(others))).isEqualTo("CHALLENGE_UNKNOWN");
    }

    @Test
    void refusesAChallengeThatExpired() throws Exception {
        var wish = RUN.wish();
        var challenge = RUN.retailer.broker.challenge(RUN.room.bundle.room(), wish.signed());
        RUN.retailer.wait(Duration.ofSeconds(60));
        var late = new TestEnclave(wish).prepare(challenge, RUN.retailer.now());

        assertThat(codeOf(() -> RUN.retailer.broker.prepare(late))).isEqualTo("CHALLENGE_UNKNOWN");
    }

    @Test
    void refusesAnImageThatThePolicyDoesNotAccept() {
        assertRefused(
                "MEASUREMENT_NOT_ACCEPTED", wish -> new TestEnclave(wish).running(TestClaims.measurement("other")));
    }

    @Test
    void refusesAnImageWhoseAcceptanceExpired() {
        assertRefused("MEASUREMENT_NOT_ACCEPTED", wish -> new TestEnclave(wish).running(TestRoom.OLD_IMAGE));
    }

    @Test
    void refusesAPolicyRegisterThatIsNotOneExtensionByThePolicy() {
        var policy = RUN.room.bundle.digest().digest().bytes();
        var twice = Pcrs.extend(Pcrs.extend(Pcrs.zero(), policy), policy);
        assertRefused("POLICY_NOT_MEASURED", wish -> new TestEnclave(wish).saying(c -> c.pcr(16, twice)));
        assertRefused("POLICY_NOT_MEASURED", wish -> new TestEnclave(wish).saying(c -> c.pcr(16, Pcrs.zero())));
    }

    @Test
    void refusesAQueryRegisterOfAnotherQuery() {
        var other = Pcrs.extend(Pcrs.zero(), Bytes.copyOf(new byte[48]));
        assertRefused("QUERY_NOT_MEASURED", wish -> new TestEnclave(wish).saying(c -> c.pcr(17, other)));
        assertRefused("QUERY_NOT_MEASURED", wish -> new TestEnclave(wish).saying(c -> c.pcr(17, Pcrs.zero())));
    }

    @Test
    void refusesEvidenceWithoutBindingOrKey() {
        assertRefused(
                "BINDING_MISMATCH", wish -> new TestEnclave(wish).saying(c -> c.userData(Bytes.copyOf(new byte[48]))));
        assertRefused(
                "BINDING_MISMATCH", wish -> new TestEnclave(wish).saying(c -> c.publicKey(Bytes.copyOf(new byte[65]))));
    }

    @Test
    void refusesAConfigurationThatTheEnclaveDoesNotRunWith() {
        var other = Json.object()
                .put("parley", "configuration/1")
                .put("slotMillis", 100)
                .put("engineThreads", 2)
                .put("engineMemoryMiB", 512)
                .build();
        assertRefused("BINDING_MISMATCH", TestEnclave::new, Prepares.configuration(other));
    }

    private static void assertRefused(String code, java.util.function.Function<Wish, TestEnclave> enclave) {
        assertRefused(code, enclave, UnaryOperator.identity());
    }

    private static void assertRefused(
            String code, java.util.function.Function<Wish, TestEnclave> enclave, UnaryOperator<PrepareRequest> bend) {
        var wish = RUN.wish();

        assertThatThrownBy(() -> RUN.prepare(wish, enclave.apply(wish), bend))
                .isInstanceOfSatisfying(
                        ReleaseRefusal.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    private static String codeOf(Callable<?> question) throws Exception {
        try {
            question.call();
            return "OK";
        } catch (ReleaseRefusal refusal) {
            return refusal.code();
        }
    }
}
