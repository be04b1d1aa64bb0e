package dev.parley.image.signing;

import dev.parley.protocol.crypto.SigningKey;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** The secret key of whoever signs images. Never printed; there is no way to take it out again. */
public final class ImageSigningKey {
    private static final String PARAMETERS_END = "-----END EC PARAMETERS-----\n";

    private final Signer signer;

    private ImageSigningKey(Signer signer) {
        this.signer = signer;
    }

    /** Signs with the algorithm of the certificate; another key's signature is found out by verifying it. */
    private interface Signer {
        Bytes sign(SignatureAlgorithm algorithm, Bytes message);
    }

    /** A key of this house, on P-384. */
    public static ImageSigningKey of(SigningKey key) {
        return new ImageSigningKey((algorithm, message) -> key.sign(message));
    }

    /** Reads a key that is not encrypted, as OpenSSL writes it: {@code PRIVATE KEY}, or {@code EC PRIVATE KEY}. */
    public static ImageSigningKey parsePem(Bytes pem) throws Malformed {
        var block = PemText.parse(withoutParameters(pem));
        try {
            var key = KeyFactory.getInstance("EC")
                    .generatePrivate(new PKCS8EncodedKeySpec(
                            switch (block.label()) {
                                case "PRIVATE KEY" -> block.der().toArray();
                                case "EC PRIVATE KEY" -> pkcs8(block.der());
                                default -> throw new Malformed("PEM holds no private key in the clear");
                            }));
            return of(key);
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            throw new Malformed("PEM holds no elliptic private key", e);
        }
    }

    private static ImageSigningKey of(PrivateKey key) {
        return new ImageSigningKey((algorithm, message) -> algorithm.sign(key, message));
    }

    Bytes sign(SignatureAlgorithm algorithm, Bytes message) {
        return signer.sign(algorithm, message);
    }

    /** {@code openssl ecparam -genkey} writes the name of the curve before the key, which names it again. */
    private static Bytes withoutParameters(Bytes pem) {
        var text = StandardCharsets.ISO_8859_1.decode(pem.asBuffer()).toString();
        int end = text.indexOf(PARAMETERS_END);
        return text.startsWith("-----BEGIN EC PARAMETERS-----\n") && end > 0
                ? Bytes.utf8(text.substring(end + PARAMETERS_END.length()))
                : pem;
    }

    private static byte[] pkcs8(Bytes sec1) throws IOException {
        var key = ECPrivateKey.getInstance(ASN1Primitive.fromByteArray(sec1.toArray()));
        var algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, key.getParametersObject());
        return new PrivateKeyInfo(algorithm, key).getEncoded();
    }
}
