package dev.parley.protocol.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.vectors.Vectors;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** DER signatures as certificate chains are judged: our strict reading first, then the JDK. */
class DerSignatureVectorsTest {
    @Test
    void acceptsExactlyTheValidSignatures() throws Exception {
        var cases = Vectors.wycheproof("ecdsa_secp384r1_sha384_test.json");

        for (var test : cases) {
            var spki = HexFormat.of().parseHex(test.group().fields().string("publicKeyDer"));
            var key = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(spki));
            assertThat(verifies(key, test.hex("msg"), test.hex("sig")))
                    .as(test.id())
                    .isEqualTo(test.valid());
        }

        assertThat(cases).hasSize(504);
    }

    private static boolean verifies(PublicKey key, byte[] message, byte[] signature) {
        try {
            Der.requireSignature(ByteBuffer.wrap(signature));
            var verifier = Signature.getInstance("SHA384withECDSA");
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException | Refused e) {
            return false;
        }
    }
}
