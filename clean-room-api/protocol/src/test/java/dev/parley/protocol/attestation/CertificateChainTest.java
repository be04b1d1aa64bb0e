package dev.parley.protocol.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.parley.protocol.attestation.nitro.AttestationDocument;
import dev.parley.protocol.attestation.testing.CertificateShape;
import dev.parley.protocol.attestation.testing.CertificateShape.Role;
import dev.parley.protocol.attestation.testing.TestClaims;
import dev.parley.protocol.attestation.testing.TestPlatform;
import dev.parley.protocol.encoding.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Evidence that is well formed and well signed, under chains that are wrong in one place. */
class CertificateChainTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final TestPlatform GOOD = TestPlatform.at(NOW);
    private static final Claims CLAIMS = TestClaims.at(NOW).build();

    static Stream<Arguments> bends() {
        return Stream.of(
                bend("leaf ended", Role.LEAF, Reason.EXPIRED_CERTIFICATE, CertificateChainTest::ended),
                bend("leaf not begun", Role.LEAF, Reason.EXPIRED_CERTIFICATE, CertificateChainTest::notBegun),
                bend("instance ended", Role.INSTANCE, Reason.EXPIRED_CERTIFICATE, CertificateChainTest::ended),
                bend("zonal ended", Role.ZONAL, Reason.EXPIRED_CERTIFICATE, CertificateChainTest::ended),
                bend("regional not begun", Role.REGIONAL, Reason.EXPIRED_CERTIFICATE, CertificateChainTest::notBegun),
                bend("root ended", Role.ROOT, Reason.EXPIRED_CERTIFICATE, CertificateChainTest::ended),
                bend("leaf is an authority", Role.LEAF, Reason.WRONG_KEY_USAGE, s -> s.authority(true, -1)),
                bend("leaf may not sign", Role.LEAF, Reason.WRONG_KEY_USAGE, s -> s.keyUsage(KeyUsage.nonRepudiation)),
                bend("leaf without usage", Role.LEAF, Reason.WRONG_KEY_USAGE, s -> s.keyUsage(0)),
                bend(
                        "leaf may sign certificates",
                        Role.LEAF,
                        Reason.WRONG_KEY_USAGE,
                        s -> s.keyUsage(KeyUsage.digitalSignature | KeyUsage.keyCertSign)),
                bend("instance is no authority", Role.INSTANCE, Reason.WRONG_KEY_USAGE, s -> s.authority(false, -1)),
                bend("zonal is no authority", Role.ZONAL, Reason.WRONG_KEY_USAGE, s -> s.authority(false, -1)),
                bend("zonal without usage", Role.ZONAL, Reason.WRONG_KEY_USAGE, s -> s.keyUsage(0)),
                bend(
                        "zonal signs data only",
                        Role.ZONAL,
                        Reason.WRONG_KEY_USAGE,
                        s -> s.keyUsage(KeyUsage.digitalSignature)),
                bend("path too long", Role.REGIONAL, Reason.BAD_CHAIN, s -> s.authority(true, 0)),
                bend("path too long below", Role.ZONAL, Reason.BAD_CHAIN, s -> s.authority(true, 0)),
                bend("leaf knows better", Role.LEAF, Reason.BAD_CHAIN, CertificateShape::withUnknownCriticalExtension),
                bend(
                        "zonal knows better",
                        Role.ZONAL,
                        Reason.BAD_CHAIN,
                        CertificateShape::withUnknownCriticalExtension),
                bend(
                        "leaf by SHA-256",
                        Role.LEAF,
                        Reason.WRONG_CERTIFICATE_ALGORITHM,
                        s -> s.algorithm("SHA256withECDSA")),
                bend(
                        "zonal by SHA-256",
                        Role.ZONAL,
                        Reason.WRONG_CERTIFICATE_ALGORITHM,
                        s -> s.algorithm("SHA256withECDSA")),
                bend("zonal on P-256", Role.ZONAL, Reason.WRONG_CERTIFICATE_ALGORITHM, s -> s.curve("secp256r1")),
                bend("zonal on P-521", Role.ZONAL, Reason.MALFORMED_CERTIFICATE, s -> s.curve("secp521r1")),
                bend(
                        "leaf of another module",
                        Role.LEAF,
                        Reason.WRONG_SUBJECT,
                        s -> s.commonName("i-0123456789abcdef0.sim")),
                bend(
                        "leaf whose name continues the module's",
                        Role.LEAF,
                        Reason.WRONG_SUBJECT,
                        s -> s.commonName(TestClaims.MODULE + "0.sim")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bends")
    void refuses(String name, Role role, Reason reason, UnaryOperator<CertificateShape> bend) {
        var platform = TestPlatform.bent(NOW, shape -> shape.role() == role ? bend.apply(shape) : shape);

        var verdict = platform.verifier().verifyArchived(platform.attest(CLAIMS));

        assertThat(verdict.refusal()).contains(reason);
    }

    @Test
    void refusesALeafOfAnAuthorityWithTheSameNames() {
        var other = TestPlatform.at(NOW);
        var document = new AttestationDocument(CLAIMS, other.certificate(Role.LEAF), GOOD.cabundle());

        assertThat(refusal(document.sign(other::sign))).isEqualTo(Reason.BAD_CHAIN);
    }

    @Test
    void refusesASignatureByTheAuthorityOrByAnotherKey() {
        var document = GOOD.document(CLAIMS);

        assertThat(refusal(document.sign(message -> GOOD.signAs(Role.INSTANCE, message))))
                .isEqualTo(Reason.BAD_SIGNATURE);
        assertThat(refusal(document.sign(TestPlatform.at(NOW)::sign))).isEqualTo(Reason.BAD_SIGNATURE);
        assertThat(refusal(document.sign(message -> GOOD.sign(Bytes.utf8("other")))))
                .isEqualTo(Reason.BAD_SIGNATURE);
    }

    @Test
    void refusesBundlesInAnotherOrderWithGapsOrGuests() {
        var bundle = GOOD.cabundle();
        var stranger = TestPlatform.at(NOW).certificate(Role.REGIONAL);

        assertThat(refusal(bundle.reversed())).isEqualTo(Reason.UNKNOWN_ROOT);
        assertThat(refusal(List.of(bundle.get(0), bundle.get(2), bundle.get(1), bundle.get(3))))
                .isEqualTo(Reason.BAD_CHAIN);
        assertThat(refusal(List.of(bundle.get(0), bundle.get(1), bundle.get(3))))
                .isEqualTo(Reason.BAD_CHAIN);
        assertThat(refusal(with(bundle, stranger))).isEqualTo(Reason.BAD_CHAIN);
        assertThat(refusal(bundle.subList(1, 4))).isEqualTo(Reason.UNKNOWN_ROOT);
        assertThat(refusal(bundle.subList(0, 1))).isEqualTo(Reason.MALFORMED_CABUNDLE);
        assertThat(refusal(List.of())).isEqualTo(Reason.MALFORMED_CABUNDLE);
        assertThat(refusal(with(bundle, bundle.get(3)))).isEqualTo(Reason.MALFORMED_CABUNDLE);
        assertThat(refusal(with(bundle, GOOD.certificate(Role.LEAF)))).isEqualTo(Reason.MALFORMED_CABUNDLE);
        assertThat(refusal(many(bundle))).isEqualTo(Reason.MALFORMED_CABUNDLE);
    }

    @Test
    void refusesCertificatesThatAreEmptyTooLongOrFollowedBySomething() {
        var bundle = GOOD.cabundle();
        var zonal = bundle.get(2).toArray();

        for (var size : List.of(0, 1, zonal.length - 1, zonal.length + 1, 1024, 1025)) {
            var resized = Bytes.copyOf(Arrays.copyOf(zonal, size));
            assertThat(refusal(List.of(bundle.get(0), bundle.get(1), resized, bundle.get(3))))
                    .isEqualTo(Reason.MALFORMED_CERTIFICATE);
        }
    }

    @Test
    void refusesARootThatIsOnlyNamedAsThePinnedOne() {
        var other = TestPlatform.at(NOW);

        var verdict = GOOD.verifier().verifyArchived(other.attest(CLAIMS));

        assertThat(verdict.refusal()).contains(Reason.UNKNOWN_ROOT);
    }

    @Test
    void findsTheRootAmongSeveral() {
        var roots = TrustRoots.of(TrustRoot.awsNitro(), TestPlatform.at(NOW).root(), GOOD.root());

        var verdict = new AttestationVerifier(roots).verifyArchived(GOOD.attest(CLAIMS));

        assertThat(verdict.trusted())
                .hasValueSatisfying(e -> assertThat(e.root()).isEqualTo(GOOD.root()));
    }

    private static Reason refusal(List<Bytes> bundle) {
        return refusal(new AttestationDocument(CLAIMS, GOOD.certificate(Role.LEAF), bundle).sign(GOOD::sign));
    }

    private static Reason refusal(Evidence evidence) {
        return GOOD.verifier().verifyArchived(evidence).refusal().orElseThrow();
    }

    private static List<Bytes> with(List<Bytes> bundle, Bytes more) {
        List<Bytes> longer = new ArrayList<>(bundle);
        longer.add(more);
        return longer;
    }

    private static List<Bytes> many(List<Bytes> bundle) {
        List<Bytes> many = new ArrayList<>(bundle);
        for (var i = 0; i < 5; i++) {
            many.add(TestPlatform.at(NOW).certificate(Role.ZONAL));
        }
        return many;
    }

    private static Arguments bend(String name, Role role, Reason reason, UnaryOperator<CertificateShape> bend) {
        return arguments(name, role, reason, bend);
    }

    private static CertificateShape ended(CertificateShape shape) {
        return shape.valid(NOW.minusSeconds(7200), NOW.minusSeconds(1));
    }

    private static CertificateShape notBegun(CertificateShape shape) {
        return shape.valid(NOW.plusSeconds(1), NOW.plusSeconds(7200));
    }
}
