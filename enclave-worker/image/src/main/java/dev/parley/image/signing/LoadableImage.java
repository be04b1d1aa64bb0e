package dev.parley.image.signing;

import dev.parley.image.eif.EnclaveImage;
import dev.parley.protocol.attestation.Measurement;
import dev.parley.protocol.crypto.Sha384Digest;
import java.time.Instant;

/**
 * An image that may be launched: measured, and either without a signature or with one that holds. Platforms unpack
 * nothing else. Only {@link #judge} makes one.
 */
public final class LoadableImage {
    private final EnclaveImage image;
    private final Measurement measurement;
    private final Sha384Digest pcr8;

    private LoadableImage(EnclaveImage image, Measurement measurement, Sha384Digest pcr8) {
        this.image = image;
        this.measurement = measurement;
        this.pcr8 = pcr8;
    }

    /** Measures and judges; {@code now} is when the certificate of a signature must be valid. */
    public static LoadableImage judge(EnclaveImage image, Instant now) throws SignatureRefused {
        var measurement = image.measurement();
        return switch (SignatureVerdict.of(image, measurement, now)) {
            case SignatureVerdict.Refused refused -> throw new SignatureRefused(refused.reason());
            case SignatureVerdict verdict ->
                new LoadableImage(image, measurement, verdict.pcr8().orElseThrow());
        };
    }

    public EnclaveImage image() {
        return image;
    }

    public Measurement measurement() {
        return measurement;
    }

    /** Who signed; zero for an image without a signature. */
    public Sha384Digest pcr8() {
        return pcr8;
    }
}
