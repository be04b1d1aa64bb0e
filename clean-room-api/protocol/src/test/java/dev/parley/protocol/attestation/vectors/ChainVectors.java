package dev.parley.protocol.attestation.vectors;

import static dev.parley.protocol.attestation.Reason.*;

import dev.parley.protocol.attestation.Reason;
import dev.parley.protocol.attestation.nitro.AttestationDocument;
import dev.parley.protocol.attestation.testing.CertificateShape;
import dev.parley.protocol.attestation.testing.CertificateShape.Role;
import dev.parley.protocol.attestation.testing.TestClaims;
import dev.parley.protocol.attestation.testing.TestPlatform;
import dev.parley.protocol.encoding.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.x509.KeyUsage;

/** Steps 9 to 16: the certificates. */
final class ChainVectors {
    private final Bench bench;
    private final List<Bytes> bundle;
    private final TestPlatform other = TestPlatform.reproducible(Bench.NOW, shape -> shape, "another platform");

    ChainVectors(Bench bench) {
        this.bench = bench;
        this.bundle = bench.platform().cabundle();
    }

    void add() {
        bundles();
        spellings();
        algorithms();
        powers();
        times();
        paths();
    }

    private void bundles() {
        bundle("empty", MALFORMED_CABUNDLE, "no certificate", List.of());
        bundle("root_only", MALFORMED_CABUNDLE, "the root alone", bundle.subList(0, 1));
        bundle("certificate_twice", MALFORMED_CABUNDLE, "the instance's certificate stands twice", with(bundle.get(3)));
        bundle(
                "holds_leaf",
                MALFORMED_CABUNDLE,
                "the leaf as an authority too",
                with(bench.platform().certificate(Role.LEAF)));
        var nine = new ArrayList<>(bundle);
        for (var i = 0; i < 5; i++) {
            nine.add(TestPlatform.reproducible(Bench.NOW, shape -> shape, "guest " + i)
                    .certificate(Role.ZONAL));
        }
        bundle("of_nine", MALFORMED_CABUNDLE, "nine certificates", nine);
        bundle("reversed", UNKNOWN_ROOT, "the root last", bundle.reversed());
        bundle("without_root", UNKNOWN_ROOT, "the root is left out", bundle.subList(1, 4));
        bench.add(bench.refuse(
                "root_of_the_same_name",
                UNKNOWN_ROOT,
                "good evidence under a root that has the same name",
                other.attest(Bench.claims())));
        bench.add(bench.refuse(
                "root_with_a_byte_behind",
                UNKNOWN_ROOT,
                "the pinned root and one byte",
                bench.certificate(Role.ROOT, Bench.bytes(bundle.getFirst().hex() + "00"))));
    }

    private void bundle(String name, Reason reason, String what, List<Bytes> certificates) {
        bench.add(bench.refuse("bundle_" + name, reason, what, bench.bundle(certificates)));
    }

    private List<Bytes> with(Bytes more) {
        List<Bytes> longer = new ArrayList<>(bundle);
        longer.add(more);
        return longer;
    }

    private void spellings() {
        var zonal = bundle.get(2).hex();
        spelling("empty", "no byte", "");
        spelling("truncated", "its last byte is missing", zonal.substring(0, zonal.length() - 2));
        spelling("with_a_byte_behind", "a byte behind it, which many parsers do not see", zonal + "00");
        spelling("of_1025_bytes", "a byte too many", zonal + "00".repeat(1025 - zonal.length() / 2));
        spelling(
                "unused_bits",
                "a bit string with unused bits",
                Recut.withUnusedBits(bundle.get(2)).hex());
        spelling(
                "padded_number",
                "a zero before a number of the signature",
                Recut.withPaddedNumber(bundle.get(2)).hex());
        spelling("is_noise", "no certificate at all", "aa".repeat(64));
    }

    private void spelling(String name, String what, String der) {
        bench.add(bench.refuse(
                "certificate_" + name, MALFORMED_CERTIFICATE, what, bench.certificate(Role.ZONAL, Bench.bytes(der))));
    }

    private void algorithms() {
        bent("leaf_by_sha256", Role.LEAF, WRONG_CERTIFICATE_ALGORITHM, s -> s.algorithm("SHA256withECDSA"));
        bent("zonal_by_sha256", Role.ZONAL, WRONG_CERTIFICATE_ALGORITHM, s -> s.algorithm("SHA256withECDSA"));
        bent("zonal_on_p256", Role.ZONAL, WRONG_CERTIFICATE_ALGORITHM, s -> s.curve("secp256r1"));
        var recut = new Recut(bench.platform());
        bench.add(bench.refuse(
                "leaf_says_two_algorithms",
                MALFORMED_CERTIFICATE,
                "the body names another algorithm than the outside, and is signed so",
                bench.certificate(Role.LEAF, recut.leafNamingSha256())));
        bench.add(bench.refuse(
                "leaf_off_the_curve",
                WRONG_CERTIFICATE_ALGORITHM,
                "the leaf's key is no point of the curve, and the authority signed it",
                bench.certificate(Role.LEAF, recut.leafOffTheCurve())));
    }

    private void powers() {
        bent("leaf_is_an_authority", Role.LEAF, WRONG_KEY_USAGE, s -> s.authority(true, -1));
        bent("leaf_may_not_sign", Role.LEAF, WRONG_KEY_USAGE, s -> s.keyUsage(KeyUsage.nonRepudiation));
        bent("leaf_without_usage", Role.LEAF, WRONG_KEY_USAGE, s -> s.keyUsage(0));
        bent(
                "leaf_may_sign_certificates",
                Role.LEAF,
                WRONG_KEY_USAGE,
                s -> s.keyUsage(KeyUsage.digitalSignature | KeyUsage.keyCertSign));
        bent("instance_is_no_authority", Role.INSTANCE, WRONG_KEY_USAGE, s -> s.authority(false, -1));
        bent("zonal_without_usage", Role.ZONAL, WRONG_KEY_USAGE, s -> s.keyUsage(0));
        bent("zonal_may_sign_data_only", Role.ZONAL, WRONG_KEY_USAGE, s -> s.keyUsage(KeyUsage.digitalSignature));
        var enclave = bench.platform();
        var forged = new Recut(enclave).certificateByLeaf();
        bench.add(bench.refuse(
                "leaf_of_an_enclave_as_authority",
                WRONG_KEY_USAGE,
                "an enclave signed a leaf of its own making",
                new AttestationDocument(Bench.claims(), forged, with(enclave.certificate(Role.LEAF)))
                        .sign(enclave::sign)));
    }

    private void times() {
        bent("leaf_ended", Role.LEAF, EXPIRED_CERTIFICATE, ChainVectors::ended);
        bent("leaf_not_begun", Role.LEAF, EXPIRED_CERTIFICATE, ChainVectors::notBegun);
        bent("instance_ended", Role.INSTANCE, EXPIRED_CERTIFICATE, ChainVectors::ended);
        bent("zonal_ended", Role.ZONAL, EXPIRED_CERTIFICATE, ChainVectors::ended);
        bent("regional_not_begun", Role.REGIONAL, EXPIRED_CERTIFICATE, ChainVectors::notBegun);
        var old = TestPlatform.reproducible(
                Bench.NOW, shape -> shape.role() == Role.ROOT ? ended(shape) : shape, "an old root");
        bench.add(bench.refuse("root_ended", EXPIRED_CERTIFICATE, "the pinned root is over", old.attest(Bench.claims()))
                .under(old.root()));
    }

    private void paths() {
        bundle(
                "swapped",
                BAD_CHAIN,
                "two authorities in another order",
                List.of(bundle.get(0), bundle.get(2), bundle.get(1), bundle.get(3)));
        bundle(
                "with_a_gap",
                BAD_CHAIN,
                "the zonal certificate is left out",
                List.of(bundle.get(0), bundle.get(1), bundle.get(3)));
        bundle("with_a_guest", BAD_CHAIN, "a certificate of another platform", with(other.certificate(Role.REGIONAL)));
        bent("path_too_long", Role.REGIONAL, BAD_CHAIN, s -> s.authority(true, 0));
        bent(
                "leaf_with_unknown_critical_extension",
                Role.LEAF,
                BAD_CHAIN,
                CertificateShape::withUnknownCriticalExtension);
        bent(
                "zonal_with_unknown_critical_extension",
                Role.ZONAL,
                BAD_CHAIN,
                CertificateShape::withUnknownCriticalExtension);
        bench.add(bench.refuse(
                "leaf_by_another_key",
                BAD_CHAIN,
                "a leaf whose issuer has the right name and another key",
                new AttestationDocument(Bench.claims(), other.certificate(Role.LEAF), bundle).sign(other::sign)));
        bench.add(bench.refuse(
                "certificate_with_another_signature",
                BAD_CHAIN,
                "the leaf's body under a signature of the same issuer over something else",
                bench.certificate(Role.LEAF, new Recut(bench.platform()).leafUnderAnotherSignature())));
        bent(
                "leaf_of_another_module",
                Role.LEAF,
                WRONG_SUBJECT,
                s -> s.commonName("i-0123456789abcdef0-enc0192aabbccddee00.test.sim"));
        bent("leaf_whose_name_goes_on", Role.LEAF, WRONG_SUBJECT, s -> s.commonName(TestClaims.MODULE + "0.test.sim"));
        bent("leaf_of_the_instance", Role.LEAF, WRONG_SUBJECT, s -> s.commonName("i-0123456789abcdef0.test.sim"));
    }

    private void bent(String name, Role role, Reason reason, UnaryOperator<CertificateShape> bend) {
        var platform = bench.bent(name, role, bend);
        bench.add(bench.refuse(name, reason, name.replace('_', ' '), platform.attest(Bench.claims())));
    }

    private static CertificateShape ended(CertificateShape shape) {
        return shape.valid(Bench.NOW.minusSeconds(7200), Bench.NOW.minusSeconds(1));
    }

    private static CertificateShape notBegun(CertificateShape shape) {
        return shape.valid(Bench.NOW.plusSeconds(1), Bench.NOW.plusSeconds(7200));
    }
}
