package dev.parley.image.signing;

import static java.util.Objects.requireNonNull;

import dev.parley.image.eif.EnclaveImage;
import dev.parley.protocol.attestation.Measurement;
import dev.parley.protocol.attestation.Pcrs;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Malformed;
import java.time.Instant;
import java.util.Optional;

/** What a loader concludes about an image's signature ({@code docs/spec/enclave-image.md} §5). */
public sealed interface SignatureVerdict {
    /** There is no signature section. */
    record Unsigned() implements SignatureVerdict {}

    /** The holder of the certificate's key signed this very image, and the certificate is valid. */
    record Signed(SigningCertificate certificate) implements SignatureVerdict {
        public Signed {
            requireNonNull(certificate);
        }
    }

    /**
     * There is a section that does not hold: such an image is not launched, signed or not.
     *
     * @param certificate whom the section names, where it can be read
     */
    record Refused(Reason reason, Optional<SigningCertificate> certificate) implements SignatureVerdict {
        public Refused {
            requireNonNull(reason);
            requireNonNull(certificate);
        }
    }

    /** Why; each is a code of {@code docs/errors.md}. */
    enum Reason {
        /** Not the strict form, or a key or algorithm of another kind. */
        IMAGE_SIGNATURE_MALFORMED,
        /** It is over another register than PCR0, or over the PCR0 of another image. */
        IMAGE_SIGNATURE_OF_OTHER_IMAGE,
        /** The certificate's key did not make it. */
        IMAGE_SIGNATURE_WRONG,
        /** The certificate is not valid yet, or no longer. */
        IMAGE_CERTIFICATE_NOT_VALID
    }

    /**
     * Judges the signature of an image.
     *
     * @param measurement of this image
     * @param now when the certificate must be valid
     */
    static SignatureVerdict of(EnclaveImage image, Measurement measurement, Instant now) {
        var section = image.signature();
        if (section.isEmpty()) {
            return new Unsigned();
        }
        try {
            return judge(ImageSignature.parse(section.get()).first(), measurement, now);
        } catch (Malformed e) {
            return new Refused(Reason.IMAGE_SIGNATURE_MALFORMED, Optional.empty());
        }
    }

    private static SignatureVerdict judge(SignatureEntry entry, Measurement measurement, Instant now) {
        var certificate = Optional.of(entry.certificate());
        if (!entry.register().equals(new SignedRegister(0, measurement.pcr0()))) {
            return new Refused(Reason.IMAGE_SIGNATURE_OF_OTHER_IMAGE, certificate);
        }
        if (!entry.verifies()) {
            return new Refused(Reason.IMAGE_SIGNATURE_WRONG, certificate);
        }
        if (!entry.certificate().validAt(now)) {
            return new Refused(Reason.IMAGE_CERTIFICATE_NOT_VALID, certificate);
        }
        return new Signed(entry.certificate());
    }

    /** PCR8 of an enclave with this image: zero without a signature, nothing where it does not hold. */
    default Optional<Sha384Digest> pcr8() {
        return switch (this) {
            case Unsigned() -> Optional.of(Pcrs.zero());
            case Signed(var certificate) -> Optional.of(certificate.pcr8());
            case Refused refused -> Optional.empty();
        };
    }
}
