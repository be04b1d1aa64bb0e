package dev.parley.protocol.attestation;

import dev.parley.protocol.crypto.VerificationKey;
import dev.parley.protocol.encoding.Bytes;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/** One certificate of evidence, strict DER outside. What it says is not yet believed. */
record Certificate(Bytes der, Der.Signed signed, X509Certificate x509) {
    private static final int MAX_SIZE = 1024;
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int KEY_CERT_SIGN = 5;

    /** SubjectPublicKeyInfo of an uncompressed point of the named curve secp384r1, up to the point. */
    private static final Bytes P384_KEY =
            Bytes.takeOwnershipOf(HexFormat.of().parseHex("3076301006072a8648ce3d020106052b8104002203620004"));

    private static final int P384_KEY_SIZE = 120;

    static Certificate parse(Bytes der) throws Refused {
        Refused.unless(der.size() >= 1 && der.size() <= MAX_SIZE, Reason.MALFORMED_CERTIFICATE);
        return new Certificate(der, Der.certificate(der), x509(der));
    }

    void requireAlgorithms() throws Refused {
        Refused.unless(signed.isByEcdsaWithSha384() && hasP384Key(), Reason.WRONG_CERTIFICATE_ALGORITHM);
    }

    private static X509Certificate x509(Bytes der) throws Refused {
        try {
            // By name: a provider that somebody registered first must not decide what a certificate is.
            var factory = CertificateFactory.getInstance("X.509", "SUN");
            return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der.toArray()));
        } catch (CertificateException | RuntimeException e) {
            throw new Refused(Reason.MALFORMED_CERTIFICATE);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("X.509 is part of every JDK", e);
        }
    }

    private boolean hasP384Key() {
        var encoded = Bytes.takeOwnershipOf(x509.getPublicKey().getEncoded());
        return x509.getPublicKey() instanceof ECPublicKey key
                && isPoint(key)
                && encoded.size() == P384_KEY_SIZE
                && encoded.asBuffer().slice(0, P384_KEY.size()).equals(P384_KEY.asBuffer());
    }

    /** The JDK reads points off the curve too. */
    private static boolean isPoint(ECPublicKey key) {
        try {
            new VerificationKey(key);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** PKIX does not ask this of a trust anchor, nor for key usage where the extension is absent. */
    void requireAuthority() throws Refused {
        Refused.unless(x509.getBasicConstraints() >= 0 && mayUse(KEY_CERT_SIGN), Reason.WRONG_KEY_USAGE);
    }

    /** PKIX lets any certificate be the end of a path. */
    void requireLeaf() throws Refused {
        Refused.unless(
                x509.getBasicConstraints() < 0 && mayUse(DIGITAL_SIGNATURE) && !mayUse(KEY_CERT_SIGN),
                Reason.WRONG_KEY_USAGE);
    }

    private boolean mayUse(int bit) {
        var usage = x509.getKeyUsage();
        return usage != null && usage[bit];
    }

    void requireValidAt(Instant time) throws Refused {
        var valid = !time.isBefore(x509.getNotBefore().toInstant())
                && !time.isAfter(x509.getNotAfter().toInstant());
        Refused.unless(valid, Reason.EXPIRED_CERTIFICATE);
    }

    /** The last common name of the subject, if it is a text. */
    Optional<String> commonName() {
        try {
            return new LdapName(x509.getSubjectX500Principal().getName())
                    .getRdns().reversed().stream()
                            .filter(rdn -> rdn.getType().equals("CN") && rdn.getValue() instanceof String)
                            .map(rdn -> (String) rdn.getValue())
                            .findFirst();
        } catch (InvalidNameException e) {
            return Optional.empty();
        }
    }

    ECPublicKey key() {
        return (ECPublicKey) x509.getPublicKey();
    }
}
