package dev.parley.image.signing;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.attestation.Pcrs;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Primitive;

/**
 * The certificate that an image carries: strict PEM around strict DER, a key on P-256, P-384 or P-521. Nobody vouches for
 * it: it says no more than which key is meant, until when. One that names itself as its issuer must have signed itself,
 * which finds damage; who changes a certificate on purpose makes another signer, with another PCR8.
 */
public record SigningCertificate(Bytes der, X509Certificate x509, SignatureAlgorithm algorithm) {
    private static final String LABEL = "CERTIFICATE";
    private static final int MAX_SIZE = 8192;

    public SigningCertificate {
        requireNonNull(der);
        requireNonNull(x509);
        requireNonNull(algorithm);
    }

    /** Reads one certificate as {@code openssl x509 -outform PEM} writes it. */
    public static SigningCertificate parsePem(Bytes pem) throws Malformed {
        var block = PemText.parse(pem);
        if (!block.label().equals(LABEL)) {
            throw new Malformed("PEM is no certificate");
        }
        return parse(block.der());
    }

    static SigningCertificate parse(Bytes der) throws Malformed {
        requireDer(der);
        var x509 = x509(der);
        if (!(x509.getPublicKey() instanceof ECPublicKey key)) {
            throw new Malformed("signing certificate has no elliptic key");
        }
        var algorithm = SignatureAlgorithm.of(key)
                .orElseThrow(() -> new Malformed("signing certificate has a key on none of P-256, P-384, P-521"));
        var certificate = new SigningCertificate(der, x509, algorithm);
        certificate.requireOwnSignature();
        return certificate;
    }

    /** The JDK takes odd lengths and what follows a certificate; neither is under any signature. */
    private static void requireDer(Bytes der) throws Malformed {
        if (der.size() > MAX_SIZE || !isDer(der.toArray())) {
            throw new Malformed("signing certificate is not DER of at most 8192 bytes");
        }
    }

    private static boolean isDer(byte[] bytes) {
        try {
            var value = ASN1Primitive.fromByteArray(bytes);
            return Arrays.equals(value.getEncoded(ASN1Encoding.DER), bytes);
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            return false;
        }
    }

    private static X509Certificate x509(Bytes der) throws Malformed {
        try {
            // By name: a provider that somebody registered first must not decide what a certificate is.
            var factory = CertificateFactory.getInstance("X.509", "SUN");
            return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der.toArray()));
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new Malformed("signing certificate cannot be read", e);
        }
    }

    private void requireOwnSignature() throws Malformed {
        if (!x509.getIssuerX500Principal().equals(x509.getSubjectX500Principal())) {
            return;
        }
        try {
            x509.verify(x509.getPublicKey(), "SunEC");
            if (!isDer(x509.getSignature())) {
                throw new Malformed("signing certificate has a signature that is not DER");
            }
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new Malformed("signing certificate names itself as issuer and did not sign itself", e);
        }
    }

    public Bytes pem() {
        return new PemText(LABEL, der).bytes();
    }

    public ECPublicKey key() {
        return (ECPublicKey) x509.getPublicKey();
    }

    /** SHA-384(48 zero bytes ‖ SHA-384(DER)): the register of whoever signed the image. */
    public Sha384Digest pcr8() {
        return Pcrs.extend(Pcrs.zero(), Sha384Digest.of(der).bytes());
    }

    /** In the form of RFC 2253. Whoever made the certificate chose it. */
    public String subject() {
        return x509.getSubjectX500Principal().getName();
    }

    public Instant notBefore() {
        return x509.getNotBefore().toInstant();
    }

    public Instant notAfter() {
        return x509.getNotAfter().toInstant();
    }

    public boolean validAt(Instant time) {
        return !time.isBefore(notBefore()) && !time.isAfter(notAfter());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SigningCertificate that && der.equals(that.der);
    }

    @Override
    public int hashCode() {
        return der.hashCode();
    }
}
