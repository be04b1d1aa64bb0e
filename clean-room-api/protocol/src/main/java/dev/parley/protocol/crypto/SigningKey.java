package dev.parley.protocol.crypto;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;

/** A secret key that signs ECDSA P-384 with SHA-384. Never printed; {@link #exportSecretJwk()} is the one way out. */
public final class SigningKey {
    private final ECPrivateKey secret;
    private final VerificationKey verificationKey;

    private SigningKey(ECPrivateKey secret, ECPublicKey key) {
        this.secret = secret;
        this.verificationKey = new VerificationKey(key);
    }

    public static SigningKey generate(SecureRandom random) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(Curve.P384.secName()), random);
            var pair = generator.generateKeyPair();
            return new SigningKey((ECPrivateKey) pair.getPrivate(), (ECPublicKey) pair.getPublic());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("P-384 is part of every JDK", e);
        }
    }

    /** Reads a private JWK: exactly {@code kty crv x y d}. */
    public static SigningKey importSecretJwk(Json.Obj jwk) throws Malformed {
        var fields = jwk.fields();
        var key = Curve.P384.readPublic(fields);
        var secret = Curve.P384.readPrivate(fields);
        fields.end();
        return new SigningKey(secret, key);
    }

    public Json.Obj exportSecretJwk() {
        return Curve.P384
                .write(verificationKey.key())
                .put("d", Curve.P384.fixed(secret.getS()))
                .build();
    }

    public VerificationKey verificationKey() {
        return verificationKey;
    }

    /** The signature r ‖ s, 96 bytes. */
    public Bytes sign(Bytes message) {
        try {
            var signer = Signature.getInstance("SHA384withECDSAinP1363Format");
            signer.initSign(secret);
            signer.update(message.asBuffer());
            return Bytes.takeOwnershipOf(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("signing with P-384 failed", e);
        }
    }

    @Override
    public String toString() {
        return "SigningKey[" + verificationKey.thumbprint() + "]";
    }
}
