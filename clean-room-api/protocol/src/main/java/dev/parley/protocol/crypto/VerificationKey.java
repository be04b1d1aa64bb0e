package dev.parley.protocol.crypto;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;

/**
 * A public key that verifies ECDSA P-384 with SHA-384. Thread-safe; from its fifth use on twice as fast, since multiples
 * of its point are kept with it.
 */
public final class VerificationKey {
    private static final int SIGNATURE_SIZE = 96;

    private final ECPublicKey key;
    private final ECPublicKeyParameters point;

    /** @throws IllegalArgumentException if it is not a point of P-384, which the JDK's own factories let pass */
    public VerificationKey(ECPublicKey key) {
        this.key = requireNonNull(key);
        this.point = Curve.P384.verificationParameters(key);
    }

    public ECPublicKey key() {
        return key;
    }

    /** Reads {@code kty crv x y} and leaves other members to the caller. */
    public static VerificationKey read(Fields jwk) throws Malformed {
        return new VerificationKey(Curve.P384.readPublic(jwk));
    }

    public Json.Obj jwk() {
        return Curve.P384.write(key).build();
    }

    public Thumbprint thumbprint() {
        return Thumbprint.of(jwk());
    }

    /**
     * Whether {@code signature} is r ‖ s, exactly 96 bytes with 0 &lt; r, s &lt; n, over {@code message}. Parsed here
     * because providers differ in which wrong lengths and ranges they let pass (CVE-2022-21449).
     */
    public boolean verifies(Bytes message, Bytes signature) {
        if (signature.size() != SIGNATURE_SIZE) {
            return false;
        }
        var numbers = signature.toArray();
        var r = new BigInteger(1, Arrays.copyOf(numbers, SIGNATURE_SIZE / 2));
        var s = new BigInteger(1, Arrays.copyOfRange(numbers, SIGNATURE_SIZE / 2, SIGNATURE_SIZE));
        if (!inRange(r) || !inRange(s)) {
            return false;
        }
        // Bouncy Castle verifies on this curve several times faster than JDK 25: nothing here is secret.
        var verifier = new ECDSASigner();
        verifier.init(false, point);
        return verifier.verifySignature(Sha384Digest.of(message).bytes().toArray(), r, s);
    }

    private static boolean inRange(BigInteger number) {
        return number.signum() > 0 && number.compareTo(Curve.P384.order()) < 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerificationKey that && jwk().equals(that.jwk());
    }

    @Override
    public int hashCode() {
        return jwk().hashCode();
    }

    @Override
    public String toString() {
        return "VerificationKey[" + thumbprint() + "]";
    }
}
