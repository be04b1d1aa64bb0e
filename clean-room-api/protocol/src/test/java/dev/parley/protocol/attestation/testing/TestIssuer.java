package dev.parley.protocol.attestation.testing;

import dev.parley.protocol.encoding.Bytes;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** A certificate with its secret key, and where its signatures take their randomness from. */
record TestIssuer(KeyPair keys, X500Name name, Bytes der, SecureRandom random) {
    private static final ASN1ObjectIdentifier UNKNOWN = new ASN1ObjectIdentifier("1.3.6.1.4.1.55555.1");

    static TestIssuer selfSigned(CertificateShape shape, SecureRandom random) {
        var keys = keys(shape, random);
        var name = name(shape);
        return new TestIssuer(keys, name, certificate(shape, keys, name, signer(keys, random)), random);
    }

    TestIssuer issue(CertificateShape shape, SecureRandom random) {
        var subject = keys(shape, random);
        return new TestIssuer(subject, name(shape), certificate(shape, subject, name, signer(keys, random)), random);
    }

    /** r ‖ s over the message, as evidence carries it. */
    Bytes sign(Bytes message) {
        return signer(keys, random).sign("SHA384withECDSAinP1363Format", message.toArray());
    }

    private static X500Name name(CertificateShape shape) {
        return new X500Name("C=XX,O=Parley,OU=SIM,CN=" + shape.commonName());
    }

    private static KeyPair keys(CertificateShape shape, SecureRandom random) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(shape.curve()), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Bytes certificate(CertificateShape shape, KeyPair subject, X500Name issuer, Signer signer) {
        try {
            var algorithm = new AlgorithmIdentifier(
                    shape.algorithm().equals("SHA384withECDSA")
                            ? X9ObjectIdentifiers.ecdsa_with_SHA384
                            : X9ObjectIdentifiers.ecdsa_with_SHA256);
            var body = new V3TBSCertificateGenerator();
            body.setSerialNumber(
                    new ASN1Integer(BigInteger.valueOf(shape.commonName().hashCode() & 0x7fff_ffffL)));
            body.setSignature(algorithm);
            body.setIssuer(issuer);
            body.setSubject(name(shape));
            body.setStartDate(time(shape.notBefore()));
            body.setEndDate(time(shape.notAfter()));
            body.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(
                    ASN1Primitive.fromByteArray(subject.getPublic().getEncoded())));
            body.setExtensions(extensions(shape).generate());
            var signed = body.generateTBSCertificate();
            var parts = new ASN1EncodableVector();
            parts.add(signed);
            parts.add(algorithm);
            parts.add(new DERBitString(signer.sign(shape.algorithm(), signed.getEncoded(ASN1Encoding.DER))
                    .toArray()));
            return Bytes.takeOwnershipOf(new DERSequence(parts).getEncoded(ASN1Encoding.DER));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Time time(Instant time) {
        return new Time(Date.from(time));
    }

    private static ExtensionsGenerator extensions(CertificateShape shape) throws IOException {
        var extensions = new ExtensionsGenerator();
        extensions.addExtension(
                Extension.basicConstraints,
                true,
                shape.authority() && shape.pathLength() >= 0
                        ? new BasicConstraints(shape.pathLength())
                        : new BasicConstraints(shape.authority()));
        if (shape.keyUsage() != 0) {
            extensions.addExtension(Extension.keyUsage, shape.authority(), new KeyUsage(shape.keyUsage()));
        }
        if (shape.unknownCriticalExtension()) {
            extensions.addExtension(UNKNOWN, true, DERNull.INSTANCE);
        }
        return extensions;
    }

    /** Signs by a named algorithm. */
    private interface Signer {
        Bytes sign(String algorithm, byte[] message);
    }

    private static Signer signer(KeyPair keys, SecureRandom random) {
        return (algorithm, message) -> {
            try {
                var signature = Signature.getInstance(algorithm);
                signature.initSign(keys.getPrivate(), random);
                signature.update(message);
                return Bytes.takeOwnershipOf(signature.sign());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        };
    }
}
