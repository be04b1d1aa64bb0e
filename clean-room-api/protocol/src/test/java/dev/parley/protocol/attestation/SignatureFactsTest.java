package dev.parley.protocol.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.attestation.nitro.AttestationDocument;
import dev.parley.protocol.attestation.testing.CertificateShape.Role;
import dev.parley.protocol.attestation.testing.TestClaims;
import dev.parley.protocol.attestation.testing.TestPlatform;
import dev.parley.protocol.encoding.Bytes;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.junit.jupiter.api.Test;

/** What was verified once is remembered; nothing that was not can pass for it. */
class SignatureFactsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Claims CLAIMS = TestClaims.at(NOW).build();
    private static final TestPlatform GOOD = TestPlatform.at(NOW);

    private final SignatureFacts facts = new SignatureFacts(64, 16);
    private final AttestationVerifier verifier = new AttestationVerifier(TrustRoots.of(GOOD.root()), facts);

    @Test
    void remembersTheFourSignaturesOfAChainAndTheKeysThatMadeThem() {
        accepts(GOOD.attest(CLAIMS));

        var chain = facts.size();
        accepts(GOOD.attest(TestClaims.at(NOW.plusSeconds(1)).build()));

        // Four certificates; the keys of root, regional, zonal, instance and leaf.
        assertThat(chain).isEqualTo(4 + 5);
        assertThat(facts.size()).isEqualTo(chain);
    }

    @Test
    void refusesAKnownBodyUnderEveryOtherSignature() throws Exception {
        accepts(GOOD.attest(CLAIMS));
        var known = facts.size();

        for (var role : List.of(Role.REGIONAL, Role.ZONAL, Role.INSTANCE, Role.LEAF)) {
            var der = GOOD.certificate(role);
            var other = Der.certificate(TestPlatform.at(NOW).certificate(role));
            var r = number(Der.certificate(der).signature(), 0);
            var s = number(Der.certificate(der).signature(), 48);
            assertThat(refusalWith(role, signed(der, number(other.signature(), 0), number(other.signature(), 48))))
                    .isEqualTo(Reason.BAD_CHAIN);
            assertThat(refusalWith(role, signed(der, s, r))).isEqualTo(Reason.BAD_CHAIN);
            assertThat(refusalWith(role, signed(der, r, s.add(BigInteger.ONE)))).isEqualTo(Reason.BAD_CHAIN);
        }

        assertThat(facts.size()).isEqualTo(known);
    }

    @Test
    void refusesAKnownCertificateWithBytesBehindIt() {
        accepts(GOOD.attest(CLAIMS));

        for (var role : List.of(Role.REGIONAL, Role.ZONAL, Role.INSTANCE, Role.LEAF)) {
            var der = GOOD.certificate(role).toArray();
            var longer = Bytes.takeOwnershipOf(java.util.Arrays.copyOf(der, der.length + 1));
            assertThat(refusalWith(role, longer)).isEqualTo(Reason.MALFORMED_CERTIFICATE);
        }
    }

    @Test
    void refusesAKnownCertificateUnderAnAuthorityOfTheSameNameWithAnotherKey() {
        accepts(GOOD.attest(CLAIMS));
        var other = TestPlatform.at(NOW);

        for (var role : List.of(Role.REGIONAL, Role.ZONAL, Role.INSTANCE)) {
            assertThat(refusalWith(role, other.certificate(role))).isEqualTo(Reason.BAD_CHAIN);
        }
    }

    @Test
    void aRootWithTheSameNamesGainsNothingFromWhatAnotherRootSigned() {
        accepts(GOOD.attest(CLAIMS));
        var other = TestPlatform.at(NOW);
        var bundle = new ArrayList<>(GOOD.cabundle());
        bundle.set(0, other.root().der());
        var document = new AttestationDocument(CLAIMS, GOOD.certificate(Role.LEAF), bundle).sign(GOOD::sign);

        var verdict = new AttestationVerifier(TrustRoots.of(other.root()), facts).verifyArchived(document);

        assertThat(verdict.refusal()).contains(Reason.BAD_CHAIN);
    }

    @Test
    void datesAreJudgedAnewEachTime() {
        var evidence = GOOD.attest(CLAIMS);
        accepts(evidence);

        for (var days : List.of(1, 5, 20, 30 * 366)) {
            var later = Inspection.at(NOW.plus(Duration.ofDays(days)).plusSeconds(1));
            assertThat(verifier.inspectAllowingDebug(evidence, later).refusal()).contains(Reason.EXPIRED_CERTIFICATE);
        }
    }

    @Test
    void whatFailedIsNotRemembered() {
        var other = TestPlatform.at(NOW);

        for (var i = 0; i < 3; i++) {
            assertThat(refusalWith(Role.REGIONAL, other.certificate(Role.REGIONAL)))
                    .isEqualTo(Reason.BAD_CHAIN);
        }

        assertThat(facts.size()).isZero();
    }

    @Test
    void aFloodOfGenuineChainsPushesOutButNeverGrowsAndNeverErrs() {
        accepts(GOOD.attest(CLAIMS));
        var small = new SignatureFacts(8, 4);

        for (var i = 0; i < 50; i++) {
            var renewed = GOOD.withNewLeaf(NOW);
            var judge = new AttestationVerifier(TrustRoots.of(GOOD.root()), small);
            assertThat(judge.verifyArchived(renewed.attest(CLAIMS)).trusted()).isPresent();
            assertThat(judge.verifyArchived(
                                    new AttestationDocument(CLAIMS, renewed.certificate(Role.LEAF), GOOD.cabundle())
                                            .sign(GOOD::sign))
                            .refusal())
                    .contains(Reason.BAD_SIGNATURE);
            assertThat(small.size()).isLessThanOrEqualTo(8 + 4);
        }
    }

    @Test
    void manyThreadsGiveTheVerdictsOfOne() throws Exception {
        var good = GOOD.attest(CLAIMS);
        var bad = new AttestationDocument(CLAIMS, TestPlatform.at(NOW).certificate(Role.LEAF), GOOD.cabundle())
                .sign(GOOD::sign);
        List<Callable<Boolean>> calls = new ArrayList<>();
        for (var i = 0; i < 200; i++) {
            var isGood = i % 3 != 0;
            var evidence = isGood ? good : bad;
            calls.add(() -> verifier.verifyArchived(evidence).trusted().isPresent() == isGood);
        }

        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var right : threads.invokeAll(calls)) {
                assertThat(right.get()).isTrue();
            }
        }
    }

    private void accepts(Evidence evidence) {
        assertThat(verifier.verifyArchived(evidence).trusted()).isPresent();
    }

    /** Of good evidence in which one certificate was exchanged; the leaf's key signs it. */
    private Reason refusalWith(Role role, Bytes certificate) {
        var bundle = new ArrayList<>(GOOD.cabundle());
        var leaf = GOOD.certificate(Role.LEAF);
        if (role == Role.LEAF) {
            leaf = certificate;
        } else {
            bundle.set(bundle.indexOf(GOOD.certificate(role)), certificate);
        }
        var evidence = new AttestationDocument(CLAIMS, leaf, bundle).sign(GOOD::sign);
        return verifier.verifyArchived(evidence).refusal().orElseThrow();
    }

    /** The same body under another signature, in strict DER. */
    private static Bytes signed(Bytes der, BigInteger r, BigInteger s) throws Exception {
        var parts = ASN1Sequence.getInstance(ASN1Primitive.fromByteArray(der.toArray()));
        var numbers = new ASN1EncodableVector();
        numbers.add(new ASN1Integer(r));
        numbers.add(new ASN1Integer(s));
        var changed = new ASN1EncodableVector();
        changed.add(parts.getObjectAt(0));
        changed.add(parts.getObjectAt(1));
        changed.add(new DERBitString(new DERSequence(numbers).getEncoded()));
        return Bytes.takeOwnershipOf(new DERSequence(changed).getEncoded());
    }

    private static BigInteger number(Bytes signature, int from) {
        return new BigInteger(1, java.util.Arrays.copyOfRange(signature.toArray(), from, from + 48));
    }
}
