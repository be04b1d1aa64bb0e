package dev.parley.protocol.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.attestation.CheckResult.Outcome;
import dev.parley.protocol.attestation.testing.CertificateShape.Role;
import dev.parley.protocol.attestation.testing.TestClaims;
import dev.parley.protocol.attestation.testing.TestPlatform;
import dev.parley.protocol.crypto.Sha256Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What people are shown is the way that the verifier went. */
class ExplanationTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Bytes NONCE = Bytes.utf8("0123456789abcdef0123456789abcdef");
    private static final TestPlatform PLATFORM = TestPlatform.at(NOW);

    private final AttestationVerifier verifier = PLATFORM.verifier();

    @Test
    void everyStepOfTheSpecificationIsACheckWithItsNumberAndItsCodes() throws IOException {
        var spec = Files.readString(Path.of("../../docs/spec/attestation.md"));
        var chapter = spec.substring(spec.indexOf("## 6."), spec.indexOf("### 6.4"));

        var steps = chapter.lines().filter(line -> line.matches("\\d+\\. .*")).toList();

        assertThat(steps).hasSameSizeAs(Check.values());
        for (var check : Check.values()) {
            var step = steps.get(check.number() - 1);
            assertThat(step).startsWith(check.number() + ". ");
            var codes = Arrays.stream(Reason.values())
                    .filter(reason -> step.contains("`" + reason + "`"))
                    .collect(Collectors.toSet());
            assertThat(codes).as(step).isEqualTo(check.reasons());
        }
    }

    @Test
    void allThatWasAskedHasPassedForGoodEvidence() {
        var live = Inspection.at(NOW).withMaxAge(Duration.ofMinutes(1)).withNonce(NONCE);

        var explained = verifier.explain(evidence(), live, false);

        assertThat(explained.accepted()).isTrue();
        assertThat(notPassed(explained)).containsExactly(Check.KIND);
        assertThat(outcome(explained, Check.KIND)).isEqualTo(new Outcome.NotAsked());
    }

    @Test
    void whatNobodyAskedForIsNotCalledPassed() {
        var explained = verifier.explain(evidence(), Inspection.atDocumentTime(), true);

        assertThat(explained.accepted()).isTrue();
        assertThat(notPassed(explained)).containsExactly(Check.KIND, Check.AGE, Check.NONCE, Check.PRODUCTION);
    }

    @Test
    void aFailureStopsTheListAndNamesItsReason() {
        var explained = verifier.explain(
                evidence(), Inspection.at(NOW.plus(Duration.ofDays(2))).withNonce(NONCE), false);

        assertThat(explained.refusal()).contains(Reason.EXPIRED_CERTIFICATE);
        assertThat(outcome(explained, Check.KEY_USAGE)).isEqualTo(new Outcome.Passed());
        assertThat(outcome(explained, Check.VALIDITY)).isEqualTo(new Outcome.Failed(Reason.EXPIRED_CERTIFICATE));
        assertThat(outcome(explained, Check.PATH)).isEqualTo(new Outcome.NotReached());
        assertThat(outcome(explained, Check.AGE)).isEqualTo(new Outcome.NotAsked());
        assertThat(outcome(explained, Check.NONCE)).isEqualTo(new Outcome.NotReached());
        assertThat(explained.genuine()).isEmpty();
        assertThat(explained.unverifiedClaims())
                .hasValueSatisfying(claims -> assertThat(claims.moduleId()).isEqualTo(TestClaims.MODULE));
    }

    @Test
    void showsTheChainFromTheRootDown() {
        var chain = verifier.explain(evidence(), Inspection.at(NOW), false).unverifiedChain();

        assertThat(chain)
                .extracting(ShownCertificate::pathLength)
                .containsExactly(Optional.empty(), Optional.of(2), Optional.of(1), Optional.of(0), Optional.empty());
        assertThat(chain).extracting(ShownCertificate::authority).containsExactly(true, true, true, true, false);
        assertThat(chain.getFirst().isSelfIssued()).isTrue();
        assertThat(chain.getFirst().fingerprint()).isEqualTo(PLATFORM.root().fingerprint());
        assertThat(chain.getLast().fingerprint()).isEqualTo(Sha256Digest.of(PLATFORM.certificate(Role.LEAF)));
        assertThat(chain.getLast().usage()).containsExactly("digitalSignature", "nonRepudiation");
        for (var i = 1; i < chain.size(); i++) {
            assertThat(chain.get(i).issuer()).isEqualTo(chain.get(i - 1).subject());
        }
    }

    @Test
    void aDebugEnclaveIsGenuineAndRefusedByTheLastCheckAlone() {
        var evidence = PLATFORM.attest(TestClaims.at(NOW).debug().build());

        var explained = verifier.explain(evidence, Inspection.at(NOW), false);

        assertThat(explained.refusal()).contains(Reason.DEBUG_MODE);
        assertThat(outcome(explained, Check.PRODUCTION)).isEqualTo(new Outcome.Failed(Reason.DEBUG_MODE));
        assertThat(explained.genuine()).isPresent();
    }

    /** 2,000 changed documents: the failed step knows its reason, all before it passed and none after it. */
    @Test
    void theFailedStepIsAlwaysTheOneThatTheReasonBelongsTo() {
        var good = evidence().document().toArray();
        var random = new Random(7);
        Set<Check> failed = new java.util.TreeSet<>();

        for (var i = 0; i < 2_000; i++) {
            var changed = good.clone();
            for (var n = random.nextInt(3); n >= 0; n--) {
                // The beginning holds most of what is not a certificate.
                changed[random.nextInt(random.nextBoolean() ? 200 : good.length)] = (byte) random.nextInt();
            }
            var explained = verifier.explain(new Evidence(Bytes.takeOwnershipOf(changed)), Inspection.at(NOW), false);
            explained.refusal().ifPresent(reason -> failed.add(requireConsistent(explained, reason)));
        }

        assertThat(failed).hasSizeGreaterThan(8);
    }

    @Test
    void tellsMachinesTheSame() throws Exception {
        var json = verifier.explain(evidence(), Inspection.at(NOW.plus(Duration.ofDays(2))), false)
                .json();

        var fields = json.fields();
        fields.require("verdict", "refused");
        fields.require("reason", "EXPIRED_CERTIFICATE");
        assertThat(fields.array("checks")).hasSize(20);
        assertThat(fields.array("checks").get(13).asObject().members())
                .containsEntry("number", new Json.Int(14))
                .containsEntry("outcome", new Json.Str("FAILED"))
                .containsEntry("reason", new Json.Str("EXPIRED_CERTIFICATE"))
                .containsEntry("proof", new Json.Null());
        assertThat(fields.array("chain")).hasSize(5);
        assertThat(fields.value("document").asObject().members())
                .containsEntry("moduleId", new Json.Str(TestClaims.MODULE))
                .containsEntry("instance", new Json.Str("i-0123456789abcdef0"))
                .containsEntry("namesItsInstance", new Json.Bool(true))
                .containsEntry("nonce", new Json.Str(NONCE.hex()));
        assertThat(fields.value("trustDomain")).isEqualTo(new Json.Null());
    }

    @Test
    void comparesThePlatformsInstanceWithItsRegister() {
        var claims = TestClaims.at(NOW).build();
        var moved = TestClaims.at(NOW)
                .pcr(4, Pcrs.extend(Pcrs.zero(), Bytes.utf8("i-other")))
                .build();

        assertThat(claims.instance()).isEqualTo("i-0123456789abcdef0");
        assertThat(claims.namesItsInstance()).contains(true);
        assertThat(moved.namesItsInstance()).contains(false);
    }

    private static Check requireConsistent(Explanation explained, Reason reason) {
        var results = explained.checks();
        var failing = results.stream()
                .filter(result -> result.outcome() instanceof Outcome.Failed)
                .toList();
        assertThat(failing).hasSize(1);
        var check = failing.getFirst().check();
        assertThat(failing.getFirst().outcome()).isEqualTo(new Outcome.Failed(reason));
        assertThat(check.reasons()).contains(reason);
        for (var result : results) {
            var before = result.check().compareTo(check) < 0;
            assertThat(result.passed()).isEqualTo(before && !(result.outcome() instanceof Outcome.NotAsked));
        }
        return check;
    }

    private static List<Check> notPassed(Explanation explained) {
        return explained.checks().stream()
                .filter(result -> !result.passed())
                .map(CheckResult::check)
                .toList();
    }

    private static Outcome outcome(Explanation explained, Check check) {
        return explained.checks().get(check.number() - 1).outcome();
    }

    private static Evidence evidence() {
        return PLATFORM.attest(TestClaims.at(NOW).nonce(NONCE).build());
    }
}
