package dev.parley.protocol.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.attestation.nitro.AttestationDocument;
import dev.parley.protocol.attestation.testing.CertificateShape;
import dev.parley.protocol.attestation.testing.CertificateShape.Role;
import dev.parley.protocol.attestation.testing.TestClaims;
import dev.parley.protocol.attestation.testing.TestPlatform;
import dev.parley.protocol.encoding.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One good document and forty that say the same, each under a chain or a signature that is wrong in one thing. */
@Tag("ATT-5")
@DisplayName("ATT-5: forged chains")
class ForgedChainAttackTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Bytes NONCE = Bytes.utf8("0123456789abcdef0123456789abcdef");
    private static final Claims CLAIMS = TestClaims.at(NOW).nonce(NONCE).build();
    private static final TestPlatform GOOD = TestPlatform.at(NOW);
    private static final TestPlatform STRANGER = TestPlatform.at(NOW);
    private static final AttestationDocument DOCUMENT = GOOD.document(CLAIMS);

    private final AttestationVerifier verifier = GOOD.verifier();
    private final Map<String, Evidence> mutants = new LinkedHashMap<>();

    @Test
    void refusesFortyMutantsOfOneGoodDocumentAndAcceptsIt() {
        expired();
        wrongUse();
        wrongForm();
        forged();
        wrongOrder();
        wrongSignature();

        var accepted = mutants.entrySet().stream()
                .filter(mutant -> trusted(mutant.getValue()))
                .map(Map.Entry::getKey);

        assertThat(mutants).hasSize(40);
        assertThat(mutants.values()).doesNotHaveDuplicates();
        assertThat(accepted).isEmpty();
        assertThat(trusted(DOCUMENT.sign(GOOD::sign))).isTrue();
        // A chain made anew under the same root, bent in nothing, is good too.
        assertThat(trusted(GOOD.withNewChain(NOW).attest(CLAIMS))).isTrue();
    }

    private void expired() {
        bent("leaf ended", Role.LEAF, ForgedChainAttackTest::ended);
        bent("leaf not begun", Role.LEAF, ForgedChainAttackTest::notBegun);
        bent("instance ended", Role.INSTANCE, ForgedChainAttackTest::ended);
        bent("zonal ended", Role.ZONAL, ForgedChainAttackTest::ended);
        bent("regional not begun", Role.REGIONAL, ForgedChainAttackTest::notBegun);
    }

    private void wrongUse() {
        bent("leaf is an authority", Role.LEAF, s -> s.authority(true, -1));
        bent("leaf without usage", Role.LEAF, s -> s.keyUsage(0));
        bent("leaf may not sign", Role.LEAF, s -> s.keyUsage(KeyUsage.nonRepudiation));
        bent("leaf signs certificates", Role.LEAF, s -> s.keyUsage(KeyUsage.digitalSignature | KeyUsage.keyCertSign));
        bent("instance is none", Role.INSTANCE, s -> s.authority(false, -1));
        bent("zonal is none", Role.ZONAL, s -> s.authority(false, -1));
        bent("regional is none", Role.REGIONAL, s -> s.authority(false, -1));
        bent("zonal without usage", Role.ZONAL, s -> s.keyUsage(0));
        bent("instance signs data alone", Role.INSTANCE, s -> s.keyUsage(KeyUsage.digitalSignature));
        bent("path too long from above", Role.REGIONAL, s -> s.authority(true, 0));
        bent("path too long from below", Role.ZONAL, s -> s.authority(true, 0));
    }

    private void wrongForm() {
        bent("leaf knows better", Role.LEAF, CertificateShape::withUnknownCriticalExtension);
        bent("zonal knows better", Role.ZONAL, CertificateShape::withUnknownCriticalExtension);
        bent("leaf by SHA-256", Role.LEAF, s -> s.algorithm("SHA256withECDSA"));
        bent("zonal on P-256", Role.ZONAL, s -> s.curve("secp256r1"));
        bent("leaf of another module", Role.LEAF, s -> s.commonName("i-00000000000000000-enc0000000000000000.sim"));
        bent("leaf of a longer module", Role.LEAF, s -> s.commonName(TestClaims.MODULE + "0.sim"));
        bundle("a byte behind the instance", with(3, longer(GOOD.cabundle().get(3))));
        bundle("a byte behind the root", with(0, longer(GOOD.cabundle().getFirst())));
        bundle("an empty certificate", with(2, Bytes.empty()));
    }

    private void forged() {
        mutants.put("another root", STRANGER.attest(CLAIMS));
        bundle(
                "our root before a stranger's chain",
                underOurRoot(STRANGER.cabundle().subList(1, 4)),
                STRANGER);
        bundle("a stranger's leaf under our chain", GOOD.cabundle(), STRANGER);
        var grandchild = GOOD.withLeafOfTheLeaf(NOW);
        bundle("a leaf of the leaf", plus(GOOD.certificate(Role.LEAF)), grandchild);
        bundle("a leaf of the leaf, unannounced", GOOD.cabundle(), grandchild);
    }

    private void wrongOrder() {
        var all = GOOD.cabundle();
        bundle("reversed", all.reversed());
        bundle("root last", List.of(all.get(1), all.get(2), all.get(3), all.get(0)));
        bundle("two swapped", List.of(all.get(0), all.get(2), all.get(1), all.get(3)));
        bundle("a gap", List.of(all.get(0), all.get(1), all.get(3)));
        bundle("an authority twice", plus(all.get(3)));
        bundle("a guest", plus(STRANGER.certificate(Role.INSTANCE)));
    }

    private void wrongSignature() {
        mutants.put("signed by the instance", DOCUMENT.sign(message -> GOOD.signAs(Role.INSTANCE, message)));
        mutants.put("signed by a stranger", DOCUMENT.sign(STRANGER::sign));
        mutants.put("a signature of something else", DOCUMENT.sign(message -> GOOD.sign(Bytes.utf8("else"))));
        mutants.put("a signature of zeros", DOCUMENT.sign(message -> Bytes.copyOf(new byte[96])));
    }

    /** The same claims under the same root, by a chain in which one certificate is made otherwise. */
    private void bent(String name, Role role, UnaryOperator<CertificateShape> bend) {
        var platform = GOOD.withNewChain(NOW, shape -> shape.role() == role ? bend.apply(shape) : shape);
        mutants.put(name, platform.attest(CLAIMS));
    }

    private void bundle(String name, List<Bytes> bundle) {
        bundle(name, bundle, GOOD);
    }

    private void bundle(String name, List<Bytes> bundle, TestPlatform leaf) {
        var document = new AttestationDocument(CLAIMS, leaf.certificate(Role.LEAF), bundle);
        mutants.put(name, document.sign(leaf::sign));
    }

    private static List<Bytes> with(int index, Bytes certificate) {
        var bundle = new ArrayList<>(GOOD.cabundle());
        bundle.set(index, certificate);
        return bundle;
    }

    private static List<Bytes> underOurRoot(List<Bytes> below) {
        var bundle = new ArrayList<>(below);
        bundle.addFirst(GOOD.certificate(Role.ROOT));
        return bundle;
    }

    private static List<Bytes> plus(Bytes certificate) {
        var bundle = new ArrayList<>(GOOD.cabundle());
        bundle.add(certificate);
        return bundle;
    }

    private static Bytes longer(Bytes der) {
        return Bytes.copyOf(Arrays.copyOf(der.toArray(), der.size() + 1));
    }

    private static CertificateShape ended(CertificateShape shape) {
        return shape.valid(shape.notBefore(), NOW.minusSeconds(1));
    }

    private static CertificateShape notBegun(CertificateShape shape) {
        return shape.valid(NOW.plusSeconds(1), shape.notAfter());
    }

    private boolean trusted(Evidence evidence) {
        return verifier.verify(evidence, new Freshness(NONCE, NOW, Duration.ofMinutes(1)))
                .trusted()
                .isPresent();
    }
}
