package dev.parley.protocol.attestation.eat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.attestation.AttestationVerifier;
import dev.parley.protocol.attestation.Evidence;
import dev.parley.protocol.attestation.EvidenceKind;
import dev.parley.protocol.attestation.Explanation;
import dev.parley.protocol.attestation.Inspection;
import dev.parley.protocol.attestation.TrustDomain;
import dev.parley.protocol.attestation.TrustRoots;
import dev.parley.protocol.attestation.testing.TestClaims;
import dev.parley.protocol.attestation.testing.TestPlatform;
import dev.parley.protocol.crypto.BadSignature;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.crypto.SigningKey;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.vectors.Vectors;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AttestationResultTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Bytes NONCE = Bytes.utf8("0123456789abcdef");
    private static final TestPlatform PLATFORM = TestPlatform.at(NOW);
    private static final SigningKey ISSUER = SigningKey.generate(new SecureRandom());
    private static final Issuance ISSUANCE = new Issuance("https://verifier.example", NOW, NOW.plusSeconds(3600));

    @Test
    void tellsWhatTheVerifierFound() throws Exception {
        var claims = claims().build();
        var evidence = PLATFORM.attest(claims);
        var result = AttestationResult.of(live(evidence), ISSUANCE);

        var read = AttestationResult.read(
                Jws.parse(result.sign(ISSUER).compact()), ISSUER.verificationKey(), NOW.plusSeconds(5));

        assertThat(read).isEqualTo(result);
        assertThat(read.claims()).isEqualTo(claims);
        assertThat(read.judgement().trustDomain()).isEqualTo(TrustDomain.SIMULATED);
        assertThat(read.judgement().root()).isEqualTo(PLATFORM.root().fingerprint());
        assertThat(read.judgement().evidence()).isEqualTo(Sha384Digest.of(evidence.document()));
        assertThat(read.judgement().nonceChecked()).isTrue();
        assertThat(read.judgement().ageChecked()).isTrue();
    }

    /** With nothing of this project but the token's text: RFC 7515 and the JDK. */
    @Test
    void isAJwtThatAnyLibraryReads() throws Exception {
        var token = AttestationResult.of(live(PLATFORM.attest(claims().build())), ISSUANCE)
                .sign(ISSUER)
                .compact();

        var parts = token.split("\\.", -1);
        var header = decoded(parts[0]);
        var payload = decoded(parts[1]);
        var verifier = Signature.getInstance("SHA384withECDSAinP1363Format");
        verifier.initVerify(ISSUER.verificationKey().key());
        verifier.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));

        assertThat(verifier.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
        assertThat(header).contains("\"alg\":\"ES384\"").contains("\"typ\":\"eat+jwt\"");
        assertThat(payload)
                .contains("\"iss\":\"https://verifier.example\"")
                .contains("\"iat\":" + NOW.getEpochSecond() + ",")
                .contains("\"exp\":" + (NOW.getEpochSecond() + 3600) + ",")
                .contains("\"eat_profile\":\"https://parley.dev/spec/attestation-result/1\"")
                .contains("\"eat_nonce\":\""
                        + Base64.getUrlEncoder().withoutPadding().encodeToString(NONCE.toArray()) + "\"")
                .contains("\"dbgstat\":\"disabled-since-boot\"")
                .contains("\"simulated\":true")
                .contains("\"measurements\":[[50,\"")
                .contains("\"module\":\"" + TestClaims.MODULE + "\"")
                .doesNotContain("hwmodel");
    }

    @Test
    void saysWhatWasNotChecked() {
        var archived = explained(PLATFORM.attest(claims().build()), Inspection.atDocumentTime());

        var judgement = AttestationResult.of(archived, ISSUANCE).judgement();

        assertThat(judgement.nonceChecked()).isFalse();
        assertThat(judgement.ageChecked()).isFalse();
        assertThat(judgement.judgedAt()).isEqualTo(NOW);
    }

    @Test
    void aNonceThatTheStandardHasNoRoomForStandsInTheSubmoduleAlone() throws Exception {
        for (var size : new int[] {0, 5, 67, 1024}) {
            var claims = claims().nonce(Bytes.takeOwnershipOf(new byte[size])).build();
            var result = AttestationResult.of(archived(PLATFORM.attest(claims)), ISSUANCE);
            assertThat(result.json().members()).doesNotContainKey("eat_nonce");
            assertThat(AttestationResult.read(result.sign(ISSUER), ISSUER.verificationKey(), NOW)
                            .claims()
                            .nonce())
                    .isEqualTo(claims.nonce());
        }
        for (var size : new int[] {6, 66}) {
            var claims = claims().nonce(Bytes.takeOwnershipOf(new byte[size])).build();
            assertThat(AttestationResult.of(archived(PLATFORM.attest(claims)), ISSUANCE)
                            .json()
                            .members())
                    .containsKey("eat_nonce");
        }
    }

    @Test
    void aDebugEnclaveIsCalledOne() {
        var evidence = PLATFORM.attest(claims().debug().build());
        var allowed = PLATFORM.verifier().explain(evidence, Inspection.at(NOW), true);

        assertThat(AttestationResult.of(allowed, ISSUANCE).json().members())
                .containsEntry("dbgstat", new Json.Str("enabled"));
    }

    @Test
    void refusedEvidenceHasNoResult() {
        var refused =
                PLATFORM.verifier().explain(PLATFORM.attest(claims().debug().build()), Inspection.at(NOW), false);
        var forged = explained(TestPlatform.at(NOW).attest(claims().build()), Inspection.at(NOW));

        assertThatIllegalArgumentException().isThrownBy(() -> AttestationResult.of(refused, ISSUANCE));
        assertThatIllegalArgumentException().isThrownBy(() -> AttestationResult.of(forged, ISSUANCE));
    }

    @Test
    void refusesAnotherIssuerAnotherKindOfStatementAndAnotherTime() {
        var result = AttestationResult.of(live(PLATFORM.attest(claims().build())), ISSUANCE);
        var token = result.sign(ISSUER);
        var key = ISSUER.verificationKey();
        var other = SigningKey.generate(new SecureRandom()).verificationKey();
        var statement = Jws.sign("parley-grant+jws", result.json(), ISSUER);

        assertThatThrownBy(() -> AttestationResult.read(token, other, NOW)).isInstanceOf(BadSignature.class);
        assertThatThrownBy(() -> AttestationResult.read(statement, key, NOW)).isInstanceOf(BadSignature.class);
        assertThatThrownBy(() -> AttestationResult.read(token, key, NOW.plusSeconds(3600)))
                .isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> AttestationResult.read(token, key, NOW.minusSeconds(1)))
                .isInstanceOf(Malformed.class);
    }

    @Test
    void refusesClaimsThatContradictOneAnother() {
        refuses("dbgstat", new Json.Str("disabled-fully-and-permanently"));
        refuses("hwmodel", new Json.Str("YXdzLW5pdHJv"));
        refuses("eat_nonce", new Json.Str("AAAAAAAAAAAAAAAAAAAAAA"));
        refuses("measurements", new Json.Arr(java.util.List.of()));
        refuses("eat_profile", new Json.Str("https://parley.dev/spec/attestation-result/2"));
        refuses("more", new Json.Int(1));
        refuses("exp", new Json.Int(0));
        var domain = result().judgement().json().members();
        var hardware = new LinkedHashMap<>(domain);
        hardware.put("simulated", new Json.Bool(false));
        refuses("parley", new Json.Obj(hardware));
    }

    /** Signed again after the damage, so that only the reader stands in the way. */
    @Test
    void damagedClaimsAreRefusedOrSayWhatWasSignedAndNeverThrowElse() {
        var good = new String(result().json().canonical().toArray(), StandardCharsets.UTF_8);
        var random = new Random(20260301);
        var refused = 0;

        for (var i = 0; i < 400; i++) {
            var changed = new StringBuilder(good);
            changed.setCharAt(random.nextInt(good.length()), (char) (' ' + random.nextInt(95)));
            try {
                var payload = Json.parse(Bytes.utf8(changed.toString()));
                var read = AttestationResult.read(
                        Jws.sign(AttestationResult.TYPE, payload, ISSUER), ISSUER.verificationKey(), NOW);
                assertThat(read.json().canonical()).isEqualTo(payload.canonical());
            } catch (Malformed | BadSignature e) {
                refused++;
            }
        }

        assertThat(refused).isGreaterThan(200);
    }

    @Test
    void ofANitroTpmNothingIsSaidOfDebugging() throws Exception {
        try (var files = Files.list(Vectors.folder().resolve("attestation/real-nitrotpm"))) {
            for (var file : files.filter(f -> f.toString().endsWith(".cbor")).toList()) {
                var evidence = new Evidence(Bytes.takeOwnershipOf(Files.readAllBytes(file)));
                var run = new AttestationVerifier(TrustRoots.awsNitro())
                        .explain(evidence, Inspection.atDocumentTime(), false);
                var result = AttestationResult.of(run, ISSUANCE);
                assertThat(result.claims().kind()).isEqualTo(EvidenceKind.NITROTPM);
                assertThat(result.json().members()).doesNotContainKey("dbgstat").containsKey("hwmodel");
                assertThat(AttestationResult.read(result.sign(ISSUER), ISSUER.verificationKey(), NOW))
                        .isEqualTo(result);
            }
        }
    }

    private static void refuses(String member, Json value) {
        Map<String, Json> members = new LinkedHashMap<>(result().json().members());
        members.put(member, value);
        var token = Jws.sign(AttestationResult.TYPE, new Json.Obj(members), ISSUER);
        assertThatThrownBy(() -> AttestationResult.read(token, ISSUER.verificationKey(), NOW))
                .as(member)
                .isInstanceOf(Malformed.class);
    }

    private static AttestationResult result() {
        return AttestationResult.of(live(PLATFORM.attest(claims().build())), ISSUANCE);
    }

    private static Explanation live(Evidence evidence) {
        return explained(
                evidence, Inspection.at(NOW).withMaxAge(Duration.ofMinutes(1)).withNonce(NONCE));
    }

    private static Explanation archived(Evidence evidence) {
        return explained(evidence, Inspection.atDocumentTime());
    }

    private static Explanation explained(Evidence evidence, Inspection inspection) {
        return PLATFORM.verifier().explain(evidence, inspection, false);
    }

    private static TestClaims claims() {
        return TestClaims.at(NOW).nonce(NONCE).userData(Bytes.utf8("data"));
    }

    private static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }
}
