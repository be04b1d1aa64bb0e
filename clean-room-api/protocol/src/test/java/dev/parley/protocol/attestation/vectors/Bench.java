package dev.parley.protocol.attestation.vectors;

import dev.parley.protocol.attestation.Claims;
import dev.parley.protocol.attestation.Evidence;
import dev.parley.protocol.attestation.EvidenceKind;
import dev.parley.protocol.attestation.Reason;
import dev.parley.protocol.attestation.nitro.AttestationDocument;
import dev.parley.protocol.attestation.testing.CertificateShape;
import dev.parley.protocol.attestation.testing.CertificateShape.Role;
import dev.parley.protocol.attestation.testing.TestClaims;
import dev.parley.protocol.attestation.testing.TestPlatform;
import dev.parley.protocol.cbor.Cbor;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Takes good evidence and spoils it in one place; everything around that place is right, and really signed. */
final class Bench {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final Bytes NONCE = Bytes.utf8("a nonce of the vectors, 32 bytes");
    static final String PROTECTED = "44a1013822";

    private final TestPlatform platform = TestPlatform.reproducible(NOW, shape -> shape, "parley evidence vectors");
    private final List<EvidenceVector> vectors = new ArrayList<>();

    TestPlatform platform() {
        return platform;
    }

    List<EvidenceVector> vectors() {
        return List.copyOf(vectors);
    }

    static TestClaims goodClaims() {
        return TestClaims.at(NOW)
                .nonce(NONCE)
                .publicKey(Bytes.takeOwnershipOf(new byte[65]))
                .userData(Bytes.takeOwnershipOf(new byte[48]));
    }

    static Claims claims() {
        return goodClaims().build();
    }

    static Claims instanceClaims() {
        return goodClaims().build(EvidenceKind.NITROTPM, "i-0123456789abcdef0-tpm0000000000000000");
    }

    EvidenceVector accept(String name, String what, Evidence evidence) {
        return new EvidenceVector("ok_" + name, what, evidence, Optional.empty(), Optional.empty(), Optional.empty());
    }

    EvidenceVector refuse(String name, Reason reason, String what, Evidence evidence) {
        return new EvidenceVector(
                name + "_fail", what, evidence, Optional.empty(), Optional.empty(), Optional.of(reason));
    }

    void add(EvidenceVector vector) {
        vectors.add(vector);
    }

    /** The payload of good evidence, in hexadecimal. */
    String payload() {
        return platform.document(claims()).payload().hex();
    }

    /** The good payload with its entries changed, signed. */
    Evidence entries(Consumer<Map<Cbor, Cbor>> change) {
        try {
            var entries = new LinkedHashMap<>(
                    Cbor.parseMaybeIndefiniteMap(bytes(payload()), 4).entries());
            change.accept(entries);
            return signed(new Cbor.Dict(entries).encodeIndefinite().hex());
        } catch (Malformed e) {
            throw new IllegalStateException(e);
        }
    }

    Evidence field(String name, Cbor value) {
        return entries(entries -> entries.put(Cbor.of(name), value));
    }

    /** The good payload with its registers changed, signed. */
    Evidence registers(Consumer<Map<Cbor, Cbor>> change) {
        return entries(entries -> entries.computeIfPresent(Cbor.of("pcrs"), (name, value) -> {
            var registers = new LinkedHashMap<>(((Cbor.Dict) value).entries());
            change.accept(registers);
            return new Cbor.Dict(registers);
        }));
    }

    /** The good payload with one piece of its hexadecimal text exchanged, signed. */
    Evidence spelled(String piece, String other) {
        return signed(exchange(payload(), piece, other));
    }

    static String exchange(String whole, String piece, String other) {
        var at = whole.indexOf(piece);
        if (at < 0 || at % 2 != 0) {
            throw new IllegalStateException("the piece is not there");
        }
        return whole.substring(0, at) + other + whole.substring(at + piece.length());
    }

    /** Any payload in a good envelope. */
    Evidence signed(String payload) {
        return envelope(PROTECTED, "a0", payload, "");
    }

    /** An envelope whose signature holds over its protected header and this external data. */
    Evidence envelope(String header, String unprotected, String payload, String external) {
        var toBeSigned = "846a5369676e617475726531" + header + octets(external) + octets(payload);
        return raw("84" + header + unprotected + octets(payload) + octets(sign(toBeSigned)));
    }

    String sign(String message) {
        return platform.sign(bytes(message)).hex();
    }

    /** The bytes that the good payload's signature is over. */
    String toBeSigned() {
        return "846a5369676e617475726531" + PROTECTED + "40" + octets(payload());
    }

    /** Good evidence with another signature. */
    Evidence signature(String hex) {
        return raw("84" + PROTECTED + "a0" + octets(payload()) + octets(hex));
    }

    static String octets(String hex) {
        return Cbor.of(bytes(hex)).encode().hex();
    }

    static Evidence raw(String hex) {
        return new Evidence(bytes(hex));
    }

    static Bytes bytes(String hex) {
        try {
            return Bytes.parseHex(hex);
        } catch (Malformed e) {
            throw new IllegalStateException(e);
        }
    }

    /** Under the shared root, a chain with one certificate of another shape. */
    TestPlatform bent(String seed, Role role, UnaryOperator<CertificateShape> bend) {
        return platform.withReproducibleChain(NOW, shape -> shape.role() == role ? bend.apply(shape) : shape, seed);
    }

    Evidence bundle(List<Bytes> bundle) {
        return new AttestationDocument(claims(), platform.certificate(Role.LEAF), bundle).sign(platform::sign);
    }

    /** Good evidence in which the certificate of one role was exchanged. */
    Evidence certificate(Role role, Bytes der) {
        if (role == Role.LEAF) {
            return new AttestationDocument(claims(), der, platform.cabundle()).sign(platform::sign);
        }
        var bundle = new ArrayList<>(platform.cabundle());
        bundle.set(bundle.indexOf(platform.certificate(role)), der);
        return bundle(bundle);
    }
}
