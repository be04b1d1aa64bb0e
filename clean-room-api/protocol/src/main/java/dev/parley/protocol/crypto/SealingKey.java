package dev.parley.protocol.crypto;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import org.bouncycastle.crypto.InvalidCipherTextException;

/**
 * A public key to which small secrets are sealed: HPKE base mode, DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM
 * (RFC 9180, suite 16, 1, 2).
 */
public record SealingKey(ECPublicKey key) {
    static final int ENCAPSULATION_SIZE = 65;

    public SealingKey {
        requireNonNull(key);
    }

    /** Reads {@code kty crv x y} and leaves other members to the caller. */
    public static SealingKey read(Fields jwk) throws Malformed {
        return new SealingKey(Curve.P256.readPublic(jwk));
    }

    /** Reads the 65-byte uncompressed point (SEC 1 §2.3.3), the form in an attestation document. */
    public static SealingKey parsePoint(Bytes point) throws Malformed {
        var bytes = point.toArray();
        if (bytes.length != ENCAPSULATION_SIZE || bytes[0] != 4) {
            throw new Malformed("expected an uncompressed point of P-256");
        }
        var x = new BigInteger(1, Arrays.copyOfRange(bytes, 1, 33));
        var y = new BigInteger(1, Arrays.copyOfRange(bytes, 33, 65));
        return new SealingKey(Curve.P256.publicKey(x, y));
    }

    public Bytes point() {
        var point = new byte[ENCAPSULATION_SIZE];
        point[0] = 4;
        Curve.P256.fixed(key.getW().getAffineX()).asBuffer().get(point, 1, 32);
        Curve.P256.fixed(key.getW().getAffineY()).asBuffer().get(point, 33, 32);
        return Bytes.takeOwnershipOf(point);
    }

    public Json.Obj jwk() {
        return Curve.P256.write(key).build();
    }

    public Thumbprint thumbprint() {
        return Thumbprint.of(jwk());
    }

    /**
     * Seals {@code plaintext}, which stays the caller's to zero.
     *
     * @param info what the secret is for and whose it is; opening needs the same bytes
     * @return the encapsulation (65 bytes) and the ciphertext with its tag
     */
    public Bytes seal(Bytes info, byte[] plaintext) {
        try {
            var hpke = Hpke.suite();
            var parts = hpke.seal(
                    hpke.deserializePublicKey(point().toArray()),
                    info.toArray(),
                    new byte[0],
                    plaintext,
                    null,
                    null,
                    null);
            return Hpke.join(parts[1], parts[0]);
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException("sealing to a valid key failed", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SealingKey that && point().equals(that.point());
    }

    @Override
    public int hashCode() {
        return point().hashCode();
    }

    @Override
    public String toString() {
        return "SealingKey[" + thumbprint() + "]";
    }
}
