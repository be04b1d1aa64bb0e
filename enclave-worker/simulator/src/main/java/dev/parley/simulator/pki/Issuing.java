package dev.parley.simulator.pki;

import dev.parley.protocol.crypto.SigningKey;
import dev.parley.protocol.crypto.VerificationKey;
import dev.parley.protocol.encoding.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509ExtensionUtils;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.bc.BcX509ExtensionUtils;

/** The DER of certificates, built field by field, in the order of AWS's. */
final class Issuing {
    private static final X509ExtensionUtils IDENTIFIERS = new BcX509ExtensionUtils();

    private Issuing() {}

    record Validity(Instant from, Instant until) {}

    /** A name and the key that goes with it. */
    record Holder(X500Name name, SigningKey key) {}

    static Bytes authority(Tier tier, Holder subject, Validity validity, Holder issuer, SecureRandom random) {
        var info = info(subject.key().verificationKey());
        var builder = builder(issuer.name(), tier.serial(random), validity, subject.name(), info);
        try {
            builder.addExtension(Extension.basicConstraints, true, tier.constraints());
            var own = IDENTIFIERS.createSubjectKeyIdentifier(info);
            var issuers =
                    IDENTIFIERS.createAuthorityKeyIdentifier(info(issuer.key().verificationKey()));
            switch (tier) {
                case ROOT -> addIdentifier(builder, own).addExtension(Extension.keyUsage, true, tier.usage());
                case REGIONAL, ZONAL -> {
                    addIssuer(builder, issuers);
                    addIdentifier(builder, own);
                    builder.addExtension(Extension.keyUsage, true, tier.usage());
                    builder.addExtension(Extension.cRLDistributionPoints, false, revocationList(random));
                }
                case INSTANCE -> {
                    builder.addExtension(Extension.keyUsage, true, tier.usage());
                    addIssuer(addIdentifier(builder, own), issuers);
                }
            }
            return signed(builder, issuer);
        } catch (IOException e) {
            throw new UncheckedIOException("encoding a certificate", e);
        }
    }

    /** A leaf has no key identifiers, and its key usage is not critical: so are AWS's. */
    static Bytes leaf(X500Name subject, VerificationKey key, Validity validity, Holder issuer, BigInteger serial) {
        var builder = builder(issuer.name(), serial, validity, subject, info(key));
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(
                    Extension.keyUsage, false, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.nonRepudiation));
            return signed(builder, issuer);
        } catch (IOException e) {
            throw new UncheckedIOException("encoding a certificate", e);
        }
    }

    private static X509v3CertificateBuilder addIdentifier(X509v3CertificateBuilder builder, SubjectKeyIdentifier own)
            throws IOException {
        return builder.addExtension(Extension.subjectKeyIdentifier, false, own);
    }

    private static void addIssuer(X509v3CertificateBuilder builder, AuthorityKeyIdentifier issuers) throws IOException {
        builder.addExtension(Extension.authorityKeyIdentifier, false, issuers);
    }

    /** Nothing is published there: {@code .invalid} names no host on any network (RFC 2606). */
    private static CRLDistPoint revocationList(SecureRandom random) {
        var seed = new byte[16];
        random.nextBytes(seed);
        var uri = "http://crl." + Tier.ROOT_NAME + ".invalid/crl/" + UUID.nameUUIDFromBytes(seed) + ".crl";
        var names = new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, uri));
        return new CRLDistPoint(
                new DistributionPoint[] {new DistributionPoint(new DistributionPointName(names), null, null)});
    }

    private static Bytes signed(X509v3CertificateBuilder builder, Holder issuer) throws IOException {
        return Bytes.takeOwnershipOf(builder.build(new KeySigner(issuer.key())).getEncoded());
    }

    private static X509v3CertificateBuilder builder(
            X500Name issuer, BigInteger serial, Validity validity, X500Name subject, SubjectPublicKeyInfo key) {
        return new X509v3CertificateBuilder(
                issuer, serial, Date.from(validity.from()), Date.from(validity.until()), subject, key);
    }

    private static SubjectPublicKeyInfo info(VerificationKey key) {
        return SubjectPublicKeyInfo.getInstance(key.key().getEncoded());
    }
}
