package dev.parley.protocol.attestation;

import dev.parley.protocol.crypto.Sha256Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/** A root certificate that its holder decided to trust. It counts as AWS's only if it is AWS's, byte for byte. */
public final class TrustRoot {
    private static final Pattern PEM =
            Pattern.compile("\\s*-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]+)-----END CERTIFICATE-----\\s*");

    private final Certificate certificate;
    private final Sha256Digest fingerprint;

    private TrustRoot(Certificate certificate) {
        this.certificate = certificate;
        this.fingerprint = Sha256Digest.of(certificate.der());
    }

    /** AWS Nitro Enclaves Root-G1, valid until 2049. */
    public static TrustRoot awsNitro() {
        return AwsNitroRoot.PINNED;
    }

    /** Reads one certificate, PEM or DER: P-384, ECDSA with SHA-384, an authority that may sign certificates. */
    public static TrustRoot parse(Bytes pemOrDer) throws Malformed {
        try {
            var certificate = Certificate.parse(fromPem(pemOrDer));
            certificate.requireAlgorithms();
            certificate.requireAuthority();
            return new TrustRoot(certificate);
        } catch (Refused e) {
            throw new Malformed("not a root certificate of evidence: " + e.reason(), e);
        }
    }

    private static Bytes fromPem(Bytes pemOrDer) throws Malformed {
        var text = new String(pemOrDer.toArray(), StandardCharsets.US_ASCII);
        if (!text.stripLeading().startsWith("-----BEGIN")) {
            return pemOrDer;
        }
        var pem = PEM.matcher(text);
        if (!pem.matches()) {
            throw new Malformed("PEM must hold one certificate and nothing else");
        }
        try {
            return Bytes.takeOwnershipOf(Base64.getMimeDecoder().decode(pem.group(1)));
        } catch (IllegalArgumentException e) {
            throw new Malformed("PEM is not base64", e);
        }
    }

    public Bytes der() {
        return certificate.der();
    }

    /** SHA-256 of the DER. */
    public Sha256Digest fingerprint() {
        return fingerprint;
    }

    public TrustDomain trustDomain() {
        return equals(awsNitro()) ? TrustDomain.AWS_NITRO : TrustDomain.SIMULATED;
    }

    Certificate certificate() {
        return certificate;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TrustRoot that && der().equals(that.der());
    }

    @Override
    public int hashCode() {
        return fingerprint.hashCode();
    }

    @Override
    public String toString() {
        return "TrustRoot[" + fingerprint + "]";
    }
}
