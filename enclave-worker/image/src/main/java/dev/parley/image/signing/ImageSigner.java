package dev.parley.image.signing;

import dev.parley.image.eif.EnclaveImage;
import dev.parley.image.signing.SignatureVerdict.Reason;
import java.time.Instant;
import java.util.List;

/** Signs images as AWS's builder does: one entry, over PCR0. */
public final class ImageSigner {
    private final SigningCertificate certificate;
    private final ImageSigningKey key;

    public ImageSigner(SigningCertificate certificate, ImageSigningKey key) {
        this.certificate = certificate;
        this.key = key;
    }

    /**
     * The same image with this signature in the place of any other.
     *
     * @throws SignatureRefused if the key is not the certificate's, or the certificate is not valid at {@code now}: no
     *     loader would take the image
     */
    public EnclaveImage sign(EnclaveImage image, Instant now) throws SignatureRefused {
        if (!certificate.validAt(now)) {
            throw new SignatureRefused(Reason.IMAGE_CERTIFICATE_NOT_VALID);
        }
        var register = new SignedRegister(0, image.measurement().pcr0());
        var signature = key.sign(certificate.algorithm(), SignatureEntry.toBeSigned(certificate.algorithm(), register));
        var entry = new SignatureEntry(certificate, register, signature);
        if (!entry.verifies()) {
            throw new SignatureRefused(Reason.IMAGE_SIGNATURE_WRONG);
        }
        return image.withSignature(new ImageSignature(List.of(entry)).section());
    }
}
