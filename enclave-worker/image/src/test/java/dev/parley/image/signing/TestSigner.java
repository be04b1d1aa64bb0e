package dev.parley.image.signing;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Somebody who signs images: a key and a certificate of ninety days. */
record TestSigner(KeyPair keys, SigningCertificate certificate) {
    static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    static TestSigner on(String curve) {
        var keys = keys(curve);
        return new TestSigner(keys, certificate(keys, keys, "CN=image signer"));
    }

    /** With a certificate that somebody else issued. */
    static TestSigner issuedByAnother() {
        var keys = keys("secp384r1");
        return new TestSigner(keys, certificate(keys, keys("secp384r1"), "CN=some authority"));
    }

    /** With a certificate that claims to be self-signed and is not. */
    static Bytes forgedCertificate() {
        return der(keys("secp384r1"), keys("secp384r1"), "CN=image signer");
    }

    Bytes pemKey() {
        return new PemText(
                        "PRIVATE KEY", Bytes.takeOwnershipOf(keys.getPrivate().getEncoded()))
                .bytes();
    }

    ImageSigner signer() {
        try {
            return new ImageSigner(certificate, ImageSigningKey.parsePem(pemKey()));
        } catch (Malformed e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair keys(String curve) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static SigningCertificate certificate(KeyPair subject, KeyPair issuer, String issuerName) {
        try {
            return SigningCertificate.parse(der(subject, issuer, issuerName));
        } catch (Malformed e) {
            throw new AssertionError(e);
        }
    }

    private static Bytes der(KeyPair subject, KeyPair issuer, String issuerName) {
        try {
            var algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA384);
            var body = new V3TBSCertificateGenerator();
            body.setSerialNumber(new ASN1Integer(BigInteger.valueOf(20261123)));
            body.setSignature(algorithm);
            body.setIssuer(new X500Name(issuerName));
            body.setSubject(new X500Name("CN=image signer"));
            body.setStartDate(new Time(Date.from(NOW)));
            body.setEndDate(new Time(Date.from(NOW.plus(90, ChronoUnit.DAYS))));
            body.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(
                    ASN1Primitive.fromByteArray(subject.getPublic().getEncoded())));
            var signed = body.generateTBSCertificate();
            var signature = Signature.getInstance("SHA384withECDSA");
            signature.initSign(issuer.getPrivate());
            signature.update(signed.getEncoded(ASN1Encoding.DER));
            var parts = new ASN1EncodableVector();
            parts.add(signed);
            parts.add(algorithm);
            parts.add(new DERBitString(signature.sign()));
            return Bytes.takeOwnershipOf(new DERSequence(parts).getEncoded(ASN1Encoding.DER));
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
