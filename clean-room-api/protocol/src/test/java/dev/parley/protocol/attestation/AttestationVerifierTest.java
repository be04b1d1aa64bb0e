package dev.parley.protocol.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parley.protocol.attestation.nitro.AttestationDocument;
import dev.parley.protocol.attestation.testing.TestClaims;
import dev.parley.protocol.attestation.testing.TestPlatform;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.json.Json;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AttestationVerifierTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Bytes NONCE = Bytes.utf8("0123456789abcdef0123456789abcdef");
    private static final TestPlatform PLATFORM = TestPlatform.at(NOW);

    private final AttestationVerifier verifier = PLATFORM.verifier();

    @Test
    void trustsALiveEnclaveAndTellsWhatItSaid() {
        var claims = TestClaims.at(NOW)
                .nonce(NONCE)
                .publicKey(Bytes.utf8("key"))
                .userData(Bytes.empty())
                .pcr(16, Sha384Digest.of(Bytes.utf8("policy")))
                .build();

        var verdict = verifier.verify(PLATFORM.attest(claims), fresh(NOW));

        assertThat(verdict.trusted()).hasValueSatisfying(enclave -> {
            assertThat(enclave.claims()).isEqualTo(claims);
            assertThat(enclave.trustDomain()).isEqualTo(TrustDomain.SIMULATED);
            assertThat(enclave.rootFingerprint()).isEqualTo(PLATFORM.root().fingerprint());
            assertThat(enclave.measurement()).isEqualTo(TestClaims.measurement("image"));
            assertThat(enclave.pcrs().at(16)).contains(Sha384Digest.of(Bytes.utf8("policy")));
            assertThat(enclave.pcrs().at(17)).isEmpty();
            assertThat(enclave.userData()).contains(Bytes.empty());
            assertThat(enclave.debug()).isFalse();
        });
    }

    @Test
    void trustsTheOlderFormWithADefiniteMap() {
        var document = PLATFORM.document(claims().build());
        var evidence = AttestationDocument.sign(document.definitePayload(), PLATFORM::sign);

        assertThat(verifier.verify(evidence, fresh(NOW)).trusted()).isPresent();
    }

    @Test
    void refusesEvidenceUnderAnotherRoot() {
        var other = new AttestationVerifier(TrustRoots.awsNitro());

        assertThat(other.verify(evidence(), fresh(NOW)).refusal()).contains(Reason.UNKNOWN_ROOT);
    }

    @Test
    void refusesAnotherNonceAPrefixAndNone() {
        var other =
                claims().nonce(Bytes.utf8("0123456789abcdef0123456789abcdeX")).build();
        var prefix = claims().nonce(Bytes.utf8("0123456789abcdef")).build();
        var none = TestClaims.at(NOW).build();

        assertThat(refusal(PLATFORM.attest(other))).isEqualTo(Reason.NONCE_MISMATCH);
        assertThat(refusal(PLATFORM.attest(prefix))).isEqualTo(Reason.NONCE_MISMATCH);
        assertThat(refusal(PLATFORM.attest(none))).isEqualTo(Reason.NONCE_MISMATCH);
    }

    @Test
    void refusesEvidenceFromBeforeAndAfterItsTime() {
        var evidence = evidence();

        assertThat(verifier.verify(evidence, fresh(NOW.plusSeconds(60))).trusted())
                .isPresent();
        assertThat(verifier.verify(evidence, fresh(NOW.plusSeconds(61))).refusal())
                .contains(Reason.STALE);
        assertThat(verifier.verify(evidence, fresh(NOW.minusSeconds(60))).trusted())
                .isPresent();
        assertThat(verifier.verify(evidence, fresh(NOW.minusMillis(60_001))).refusal())
                .contains(Reason.EXPIRED_CERTIFICATE);
    }

    @Test
    void liveVerificationJudgesCertificatesNowAndArchivedVerificationAtTheTimeOfTheDocument() {
        var later = NOW.plus(Duration.ofDays(400));
        var unhurried = new Freshness(NONCE, later, Duration.ofDays(1000));

        assertThat(verifier.verify(evidence(), unhurried).refusal()).contains(Reason.EXPIRED_CERTIFICATE);
        assertThat(verifier.verifyArchived(evidence()).trusted()).isPresent();
    }

    @Test
    void refusesDebugEnclavesWhereverSomethingDependsOnIt() {
        var evidence = PLATFORM.attest(claims().debug().build());

        assertThat(verifier.verify(evidence, fresh(NOW)).refusal()).contains(Reason.DEBUG_MODE);
        assertThat(verifier.verifyArchived(evidence).refusal()).contains(Reason.DEBUG_MODE);
        assertThat(verifier.inspectAllowingDebug(evidence, Inspection.at(NOW)).trusted())
                .hasValueSatisfying(inspected -> assertThat(inspected.debug()).isTrue());
    }

    @Test
    void aSingleZeroRegisterOfTheThreeIsDebug() {
        for (var index = 0; index <= 2; index++) {
            var evidence = PLATFORM.attest(claims().pcr(index, Pcrs.zero()).build());
            assertThat(refusal(evidence)).isEqualTo(Reason.DEBUG_MODE);
        }
    }

    @Test
    void describesARefusedDebugEnclave() {
        var evidence = PLATFORM.attest(claims().debug().build());
        var roots = TrustRoots.of(PLATFORM.root());

        var refused = EvidenceReport.of(evidence, roots, Inspection.at(NOW), false);
        var accepted = EvidenceReport.of(evidence, roots, Inspection.at(NOW), true);

        assertThat(refused.accepted()).isFalse();
        assertThat(refused.evidence()).isEmpty();
        assertThat(refused.json().members())
                .containsEntry("verdict", new Json.Str("refused"))
                .containsEntry("reason", new Json.Str("DEBUG_MODE"))
                .containsEntry("debug", new Json.Bool(true));
        assertThat(accepted.json().members())
                .containsEntry("verdict", new Json.Str("accepted"))
                .containsEntry("reason", new Json.Null())
                .containsEntry("debug", new Json.Bool(true));
    }

    @Test
    void saysNothingOfADocumentThatIsNotGenuine() {
        var report = EvidenceReport.of(evidence(), TrustRoots.awsNitro(), Inspection.at(NOW), true);

        var members = report.json().members();
        assertThat(members).containsEntry("reason", new Json.Str("UNKNOWN_ROOT"));
        assertThat(members.entrySet())
                .filteredOn(member -> !(member.getValue() instanceof Json.Null))
                .extracting(java.util.Map.Entry::getKey)
                .containsExactly("parley", "verdict", "reason", "judgedAt");
    }

    @Test
    void theTwinWithTheOtherSIsTheSameEvidence() {
        var evidence = evidence();
        var twin = SignatureTwin.of(evidence);

        assertThat(twin).isNotEqualTo(evidence);
        assertThat(verifier.verify(twin, fresh(NOW)).trusted()).isPresent();
    }

    @Test
    void aNonceThatCouldBeGuessedIsABug() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Freshness(Bytes.utf8("short"), NOW, Duration.ofMinutes(1)));
    }

    private Reason refusal(Evidence evidence) {
        return verifier.verify(evidence, fresh(NOW)).refusal().orElseThrow();
    }

    private static Evidence evidence() {
        return PLATFORM.attest(claims().build());
    }

    private static TestClaims claims() {
        return TestClaims.at(NOW).nonce(NONCE);
    }

    private static Freshness fresh(Instant now) {
        return new Freshness(NONCE, now, Duration.ofMinutes(1));
    }
}
