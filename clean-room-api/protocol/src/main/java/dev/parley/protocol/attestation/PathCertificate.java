package dev.parley.protocol.attestation;

import dev.parley.protocol.crypto.VerificationKey;
import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.Principal;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.Date;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * A certificate as path validation sees it: everything is the JDK's reading, but its signature is verified by
 * {@link VerificationKey}, several times faster than by JDK 25, from the strict reading of its DER. No provider is
 * registered, so nothing else in the process changes.
 */
final class PathCertificate extends X509Certificate {
    private static final long serialVersionUID = 1L;

    private final transient Certificate certificate;
    private final transient SignatureFacts facts;

    PathCertificate(Certificate certificate, SignatureFacts facts) {
        this.certificate = certificate;
        this.facts = facts;
    }

    @Override
    public void verify(PublicKey key) throws InvalidKeyException, SignatureException {
        if (!(key instanceof ECPublicKey issuer)) {
            throw new InvalidKeyException("authorities have keys of P-384");
        }
        if (!facts.isSignedBy(certificate, issuer)) {
            throw new SignatureException("the issuer's key did not sign this certificate");
        }
    }

    /** With the same code whatever provider is named: there is one. */
    @Override
    public void verify(PublicKey key, @Nullable String provider) throws InvalidKeyException, SignatureException {
        verify(key);
    }

    /** With the same code whatever provider is named: there is one. */
    @Override
    public void verify(PublicKey key, @Nullable Provider provider) throws InvalidKeyException, SignatureException {
        verify(key);
    }

    private X509Certificate x509() {
        return certificate.x509();
    }

    @Override
    public byte[] getEncoded() throws CertificateEncodingException {
        return certificate.der().toArray();
    }

    @Override
    public String toString() {
        return x509().toString();
    }

    @Override
    public PublicKey getPublicKey() {
        return x509().getPublicKey();
    }

    @Override
    public void checkValidity() throws CertificateExpiredException, CertificateNotYetValidException {
        x509().checkValidity();
    }

    @Override
    public void checkValidity(Date date) throws CertificateExpiredException, CertificateNotYetValidException {
        x509().checkValidity(date);
    }

    @Override
    public int getVersion() {
        return x509().getVersion();
    }

    @Override
    public BigInteger getSerialNumber() {
        return x509().getSerialNumber();
    }

    @Override
    @SuppressWarnings("deprecation") // Abstract in X509Certificate: there is no other way to be one.
    public Principal getIssuerDN() {
        return x509().getIssuerDN();
    }

    @Override
    @SuppressWarnings("deprecation") // As above.
    public Principal getSubjectDN() {
        return x509().getSubjectDN();
    }

    @Override
    public X500Principal getIssuerX500Principal() {
        return x509().getIssuerX500Principal();
    }

    @Override
    public X500Principal getSubjectX500Principal() {
        return x509().getSubjectX500Principal();
    }

    @Override
    public Date getNotBefore() {
        return x509().getNotBefore();
    }

    @Override
    public Date getNotAfter() {
        return x509().getNotAfter();
    }

    @Override
    public byte[] getTBSCertificate() throws CertificateEncodingException {
        return x509().getTBSCertificate();
    }

    @Override
    public byte[] getSignature() {
        return x509().getSignature();
    }

    @Override
    public String getSigAlgName() {
        return x509().getSigAlgName();
    }

    @Override
    public String getSigAlgOID() {
        return x509().getSigAlgOID();
    }

    @Override
    public byte @Nullable [] getSigAlgParams() {
        return x509().getSigAlgParams();
    }

    @Override
    public boolean @Nullable [] getIssuerUniqueID() {
        return x509().getIssuerUniqueID();
    }

    @Override
    public boolean @Nullable [] getSubjectUniqueID() {
        return x509().getSubjectUniqueID();
    }

    @Override
    public boolean @Nullable [] getKeyUsage() {
        return x509().getKeyUsage();
    }

    @Override
    public int getBasicConstraints() {
        return x509().getBasicConstraints();
    }

    @Override
    public boolean hasUnsupportedCriticalExtension() {
        return x509().hasUnsupportedCriticalExtension();
    }

    @Override
    public @Nullable Set<String> getCriticalExtensionOIDs() {
        return x509().getCriticalExtensionOIDs();
    }

    @Override
    public @Nullable Set<String> getNonCriticalExtensionOIDs() {
        return x509().getNonCriticalExtensionOIDs();
    }

    @Override
    public byte @Nullable [] getExtensionValue(String oid) {
        return x509().getExtensionValue(oid);
    }
}
