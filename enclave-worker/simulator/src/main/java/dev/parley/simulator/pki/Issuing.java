package dev.parley.simulator.pki;

import dev.parley.protocol.crypto.SigningKey;
import dev.parley.protocol.crypto.VerificationKey;
import dev.parley.protocol.encoding.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509ExtensionUtils;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.bc.BcX509ExtensionUtils;

/** The DER of certificates, built field by field as AWS's are. */
final class Issuing {
    private static final X509ExtensionUtils IDENTIFIERS = new BcX509ExtensionUtils();

    private Issuing() {}

    record Validity(Instant from, Instant until) {}

    static Bytes authority(
            Tier tier, X500Name subject, SigningKey key, Validity validity, Issuer issuer, BigInteger serial) {
        var info = info(key.verificationKey());
        var builder = builder(issuer.name(), serial, validity, subject, info);
        try {
            builder.addExtension(Extension.basicConstraints, true, tier.constraints());
            if (tier != Tier.ROOT) {
                builder.addExtension(
                        Extension.authorityKeyIdentifier,
                        false,
                        IDENTIFIERS.createAuthorityKeyIdentifier(
                                info(issuer.key().verificationKey())));
            }
            SubjectKeyIdentifier identifier = IDENTIFIERS.createSubjectKeyIdentifier(info);
            builder.addExtension(Extension.subjectKeyIdentifier, false, identifier);
            builder.addExtension(Extension.keyUsage, true, tier.usage());
            return Bytes.takeOwnershipOf(
                    builder.build(new KeySigner(issuer.key())).getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException("encoding a certificate", e);
        }
    }

    /** A leaf has no key identifiers, and its key usage is not critical: so are AWS's. */
    static Bytes leaf(X500Name subject, VerificationKey key, Validity validity, Issuer issuer, BigInteger serial) {
        var builder = builder(issuer.name(), serial, validity, subject, info(key));
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(
                    Extension.keyUsage, false, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.nonRepudiation));
            return Bytes.takeOwnershipOf(
                    builder.build(new KeySigner(issuer.key())).getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException("encoding a certificate", e);
        }
    }

    /** Who signs. */
    record Issuer(X500Name name, SigningKey key) {}

    private static X509v3CertificateBuilder builder(
            X500Name issuer, BigInteger serial, Validity validity, X500Name subject, SubjectPublicKeyInfo key) {
        return new X509v3CertificateBuilder(
                issuer, serial, Date.from(validity.from()), Date.from(validity.until()), subject, key);
    }

    private static SubjectPublicKeyInfo info(VerificationKey key) {
        return SubjectPublicKeyInfo.getInstance(key.key().getEncoded());
    }
}
