package dev.parley.protocol.attestation;

import dev.parley.protocol.encoding.Bytes;
import java.math.BigInteger;
import java.util.Arrays;

/** (r, n − s): of every ECDSA signature there are two. */
final class SignatureTwin {
    private static final BigInteger N = new BigInteger(
            "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973", 16);

    private SignatureTwin() {}

    static Evidence of(Evidence evidence) {
        var document = evidence.document().toArray();
        var from = document.length - 48;
        var s = new BigInteger(1, Arrays.copyOfRange(document, from, document.length));
        var twin = N.subtract(s).toByteArray();
        Arrays.fill(document, from, document.length, (byte) 0);
        var length = Math.min(48, twin.length);
        System.arraycopy(twin, twin.length - length, document, document.length - length, length);
        return new Evidence(Bytes.takeOwnershipOf(document));
    }
}
