package dev.parley.simulator.securitymodule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.attestation.Measurement;
import dev.parley.protocol.cbor.Cbor;
import dev.parley.protocol.cbor.CborFields;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.vectors.Vectors;
import dev.parley.simulator.pki.Authorities;
import dev.parley.simulator.pki.SimulatedRoot;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Our documents beside AWS's: only names, keys and times may tell them apart, and so only the root does. */
final class RealDocumentsTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String INSTANCE = "i-0123456789abcdef0";
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00.123Z");
    private static final int REAL = 46;
    /** Instance certificates have key identifiers since the middle of 2024. */
    private static final int OF_TODAY = 26;

    private static final int INSTANCE_TIER = 3;
    private static final int LEAF = 4;

    @Test
    void haveTheShapeOfEveryRealDocumentByteHeadByByteHead() throws Exception {
        var compared = 0;
        for (var file : files()) {
            var real = Document.parse(Bytes.takeOwnershipOf(Files.readAllBytes(file)));

            var ours = likeness(real);

            assertThat(Shape.ofDocument(ours.bytes()))
                    .as(file.getFileName().toString())
                    .isEqualTo(Shape.ofDocument(real.bytes()));
            compared++;
        }
        assertThat(compared).isEqualTo(REAL);
    }

    @Test
    void haveCertificatesOfTheShapeOfEveryRealChain() throws Exception {
        var ours = ours(EvidenceForm.INDEFINITE_MAP, Set.of(), Cbor.map()).chain();
        var ofToday = 0;
        for (var file : files()) {
            var real = Document.parse(Bytes.takeOwnershipOf(Files.readAllBytes(file)))
                    .chain();
            var hasIdentifiers = x509(real.get(INSTANCE_TIER)).getExtensionValue("2.5.29.14") != null;
            ofToday += hasIdentifiers ? 1 : 0;

            for (int tier = 0; tier < ours.size(); tier++) {
                if (tier != INSTANCE_TIER || hasIdentifiers) {
                    assertThat(Shape.ofCertificate(ours.get(tier)))
                            .as(file.getFileName() + ", certificate " + tier)
                            .isEqualTo(Shape.ofCertificate(real.get(tier)));
                }
            }
        }
        assertThat(ofToday).isEqualTo(OF_TODAY);
    }

    @Test
    void haveCertificatesThatLiveAsLongAsThoseOfToday() throws Exception {
        var ours = ours(EvidenceForm.INDEFINITE_MAP, Set.of(), Cbor.map()).chain();
        var real = Document.parse(Bytes.takeOwnershipOf(Files.readAllBytes(files().getLast())))
                .chain();

        for (int tier : new int[] {1, INSTANCE_TIER, LEAF}) {
            assertThat(lifetime(ours.get(tier))).isEqualTo(lifetime(real.get(tier)));
        }
        // AWS's zonal certificates end at a random hour of the sixth or seventh day.
        assertThat(lifetime(ours.get(2))).isBetween(Duration.ofHours(133), Duration.ofHours(145));
        assertThat(lifetime(real.get(2)).plusSeconds(1)).isBetween(Duration.ofHours(133), Duration.ofHours(145));
        assertThat(lifetime(ours.get(0)).toDays())
                .isEqualTo(lifetime(real.get(0)).toDays());
        assertThat(issuedAfter(ours.get(LEAF))).isEqualTo(issuedAfter(real.get(LEAF)));
    }

    @Test
    void tellADifferenceThatIsThere() throws Exception {
        var real = Document.parse(Bytes.takeOwnershipOf(Files.readAllBytes(files().getLast())));
        var otherForm = ours(EvidenceForm.DEFINITE_MAP, Set.of(), Cbor.map());
        var otherRegisters = ours(EvidenceForm.INDEFINITE_MAP, Set.of(20), Cbor.map());

        assertThat(Shape.ofDocument(otherForm.bytes())).isNotEqualTo(Shape.ofDocument(real.bytes()));
        assertThat(Shape.ofDocument(otherRegisters.bytes())).isNotEqualTo(Shape.ofDocument(real.bytes()));
        assertThat(Shape.ofCertificate(otherForm.chain().get(1)))
                .isNotEqualTo(Shape.ofCertificate(otherForm.chain().get(2)));
    }

    private static List<Path> files() throws Exception {
        try (var files = Files.list(Vectors.folder().resolve("attestation/real-enclave"))) {
            return files.sorted().toList();
        }
    }

    /** Asked for what the real one was asked for, with the same registers locked. */
    private static Document likeness(Document real) throws Exception {
        var request = Cbor.map();
        for (var field : List.of("user_data", "nonce", "public_key")) {
            request.put(field, real.payload().octetsOrNull(field).map(value -> Bytes.copyOf(new byte[value.size()])));
        }
        var locked = new java.util.TreeSet<Integer>();
        for (var key : real.payload().dict("pcrs").entries().keySet()) {
            locked.add((int) ((Cbor.Int) key).value());
        }
        return ours(real.form(), locked, request);
    }

    private static Document ours(EvidenceForm form, Set<Integer> locked, Cbor.Builder request) throws Exception {
        var measurement = new Measurement(digest("0"), digest("1"), digest("2"));
        var root = SimulatedRoot.create(RANDOM, NOW.minus(Duration.ofDays(1)));
        var module = new SecurityModule(
                EnclaveId.create(INSTANCE, NOW, RANDOM),
                PlatformRegisters.ofUnsigned(measurement, Optional.empty(), INSTANCE),
                new Authorities(root, INSTANCE, RANDOM, () -> NOW),
                new SecurityModule.Surroundings(RANDOM, () -> NOW, form));
        for (int index : IntStream.range(16, 32).filter(locked::contains).toArray()) {
            var lock = Cbor.map().put("index", index).build();
            module.answer(Cbor.map().put("LockPCR", lock).build().encode());
        }
        var answer = module.answer(
                Cbor.map().put("Attestation", request.build()).build().encode());
        return Document.parse(
                Cbor.parse(answer, 4).asDict().fields().fields("Attestation").octets("document"));
    }

    /** A document taken apart without any judgement. */
    private record Document(Bytes bytes, EvidenceForm form, CborFields payload) {
        static Document parse(Bytes bytes) throws Malformed {
            var payload =
                    ((Cbor.Octets) ((Cbor.Arr) Cbor.parse(bytes, 4)).items().get(2)).value();
            var indefinite = payload.hex().startsWith("bf");
            return new Document(
                    bytes,
                    indefinite ? EvidenceForm.INDEFINITE_MAP : EvidenceForm.DEFINITE_MAP,
                    Cbor.parseMaybeIndefiniteMap(payload, 4).fields());
        }

        /** The root first, the leaf last. */
        List<Bytes> chain() throws Malformed {
            List<Bytes> chain = new ArrayList<>();
            for (var authority : payload.array("cabundle")) {
                chain.add(((Cbor.Octets) authority).value());
            }
            chain.add(payload.octets("certificate"));
            return chain;
        }
    }

    private static X509Certificate x509(Bytes der) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der.toArray()));
    }

    private static Duration lifetime(Bytes der) throws CertificateException {
        var certificate = x509(der);
        return Duration.between(
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }

    /** How long after its beginning a leaf says, in its serial number, that it was issued. */
    private static Duration issuedAfter(Bytes der) throws CertificateException {
        var certificate = x509(der);
        return Duration.between(
                certificate.getNotBefore().toInstant(),
                Instant.ofEpochSecond(certificate.getSerialNumber().longValue()));
    }

    private static Sha384Digest digest(String text) {
        return Sha384Digest.of(Bytes.utf8(text));
    }
}
