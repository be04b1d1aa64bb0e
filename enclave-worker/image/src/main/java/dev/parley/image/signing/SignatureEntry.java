package dev.parley.image.signing;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.cbor.Cbor;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;

/**
 * One signature over one register: a certificate and an untagged COSE_Sign1 (RFC 9052 §4.2) with the register attached.
 *
 * @param signature r ‖ s
 */
record SignatureEntry(SigningCertificate certificate, SignedRegister register, Bytes signature) {
    private static final int MAX_DEPTH = 2;

    SignatureEntry {
        requireNonNull(certificate);
        requireNonNull(register);
        requireNonNull(signature);
    }

    static SignatureEntry parse(Cbor value) throws Malformed {
        var fields = value.asDict().fields();
        var certificate = SigningCertificate.parsePem(UintArray.bytes(fields.value("signing_certificate")));
        var cose = Cbor.parse(UintArray.bytes(fields.value("signature")), MAX_DEPTH);
        fields.end();
        if (!(cose instanceof Cbor.Arr(var parts))
                || parts.size() != 4
                || !(parts.get(2) instanceof Cbor.Octets(var payload))
                || !(parts.get(3) instanceof Cbor.Octets(var signature))) {
            throw new Malformed("signature is not an untagged COSE_Sign1 with its payload");
        }
        if (!parts.get(0).equals(Cbor.of(certificate.algorithm().protectedHeader()))) {
            throw new Malformed("signature names another algorithm than that of its certificate's key");
        }
        if (!parts.get(1).equals(Cbor.map().build())) {
            throw new Malformed("signature has an unprotected header");
        }
        return new SignatureEntry(certificate, SignedRegister.parse(payload), signature);
    }

    /** The {@code Sig_structure} of RFC 9052 §4.4: what the key signs. */
    static Bytes toBeSigned(SignatureAlgorithm algorithm, SignedRegister register) {
        return Cbor.array(
                        Cbor.of("Signature1"),
                        Cbor.of(algorithm.protectedHeader()),
                        Cbor.of(Bytes.empty()),
                        Cbor.of(register.payload()))
                .encode();
    }

    boolean verifies() {
        var algorithm = certificate.algorithm();
        return algorithm.verifies(certificate.key(), toBeSigned(algorithm, register), signature);
    }

    Cbor cbor() {
        var cose = Cbor.array(
                        Cbor.of(certificate.algorithm().protectedHeader()),
                        Cbor.map().build(),
                        Cbor.of(register.payload()),
                        Cbor.of(signature))
                .encode();
        return Cbor.map()
                .put("signing_certificate", UintArray.of(certificate.pem()))
                .put("signature", UintArray.of(cose))
                .build();
    }
}
