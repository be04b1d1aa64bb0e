package dev.parley.protocol.crypto;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import org.bouncycastle.crypto.InvalidCipherTextException;

/** The secret half of a {@link SealingKey}. */
public final class OpeningKey {
    private static final int TAG_SIZE = 16;

    private final ECPrivateKey secret;
    private final SealingKey sealingKey;

    private OpeningKey(ECPrivateKey secret, ECPublicKey key) {
        this.secret = secret;
        this.sealingKey = new SealingKey(key);
    }

    public static OpeningKey generate(SecureRandom random) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(Curve.P256.secName()), random);
            var pair = generator.generateKeyPair();
            return new OpeningKey((ECPrivateKey) pair.getPrivate(), (ECPublicKey) pair.getPublic());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("P-256 is part of every JDK", e);
        }
    }

    /** Reads a private JWK: exactly {@code kty crv x y d}. */
    public static OpeningKey importSecretJwk(Json.Obj jwk) throws Malformed {
        var fields = jwk.fields();
        var key = Curve.P256.readPublic(fields);
        var secret = Curve.P256.readPrivate(fields);
        fields.end();
        return new OpeningKey(secret, key);
    }

    public Json.Obj exportSecretJwk() {
        return Curve.P256
                .write(sealingKey.key())
                .put("d", Curve.P256.fixed(secret.getS()))
                .build();
    }

    /**
     * Reads what {@link #exportSecret} gave. The array stays the caller's.
     *
     * @param sealingKey the public half, which is not computed again
     */
    public static OpeningKey importSecret(byte[] secret, SealingKey sealingKey) throws Malformed {
        if (secret.length != Curve.P256.size()) {
            throw new Malformed("an opening key has 32 bytes");
        }
        return new OpeningKey(Curve.P256.privateKey(new BigInteger(1, secret)), sealingKey.key());
    }

    /** The secret number alone in 32 bytes, the caller's to zero. */
    public byte[] exportSecret() {
        return Curve.P256.fixed(secret.getS()).toArray();
    }

    public SealingKey sealingKey() {
        return sealingKey;
    }

    /**
     * Opens what was sealed to this key for exactly this {@code info}. The caller owns the plaintext and zeroes it.
     *
     * @throws Malformed for any other key, purpose or byte; which one is not told
     */
    public byte[] open(Bytes info, Bytes sealed) throws Malformed {
        if (sealed.size() < SealingKey.ENCAPSULATION_SIZE + TAG_SIZE) {
            throw new Malformed("sealed bytes do not open");
        }
        var bytes = sealed.toArray();
        var encapsulation = Arrays.copyOf(bytes, SealingKey.ENCAPSULATION_SIZE);
        var ciphertext = Arrays.copyOfRange(bytes, SealingKey.ENCAPSULATION_SIZE, bytes.length);
        try {
            SealingKey.parsePoint(Bytes.takeOwnershipOf(encapsulation));
            var hpke = Hpke.suite();
            var pair = hpke.deserializePrivateKey(
                    Curve.P256.fixed(secret.getS()).toArray(),
                    sealingKey.point().toArray());
            return hpke.open(encapsulation, pair, info.toArray(), new byte[0], ciphertext, null, null, null);
        } catch (InvalidCipherTextException | RuntimeException e) {
            throw new Malformed("sealed bytes do not open", e);
        }
    }

    @Override
    public String toString() {
        return "OpeningKey[" + sealingKey.thumbprint() + "]";
    }
}
