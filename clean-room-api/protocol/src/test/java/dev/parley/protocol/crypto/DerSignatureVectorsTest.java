package dev.parley.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.vectors.Vectors;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import org.junit.jupiter.api.Test;

class DerSignatureVectorsTest {
    /**
     * Certificate chains carry DER signatures; there the JDK is what verifies. It reads one number of one case as
     * positive that DER writes negative: another spelling of a good signature, not a forged one.
     */
    @Test
    void standsOnAJdkThatAcceptsNoForgedDerSignature() throws Exception {
        var cases = Vectors.wycheproof("ecdsa_secp384r1_sha384_test.json");

        for (var test : cases) {
            var key = Curve.P384.publicKey(coordinate(test, "wx"), coordinate(test, "wy"));
            assertThat(verifiesDer(key, test.hex("msg"), test.hex("sig")))
                    .as(test.id())
                    .isEqualTo(test.valid() || test.flagged("MissingZero"));
        }

        assertThat(cases).hasSize(504);
    }

    private static boolean verifiesDer(PublicKey key, byte[] message, byte[] signature) {
        try {
            var verifier = Signature.getInstance("SHA384withECDSA");
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static BigInteger coordinate(Vectors.Case test, String name) throws Exception {
        return new BigInteger(test.group().fields().object("publicKey").string(name), 16);
    }
}
