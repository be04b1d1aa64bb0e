package dev.parley.protocol.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.crypto.VerificationKey;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.vectors.Vectors;
import java.nio.ByteBuffer;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** DER signatures as certificate chains are judged: our strict reading first, then the key. */
class DerSignatureVectorsTest {
    @Test
    void acceptsExactlyTheValidSignatures() throws Exception {
        var cases = Vectors.wycheproof("ecdsa_secp384r1_sha384_test.json");

        for (var test : cases) {
            var spki = HexFormat.of().parseHex(test.group().fields().string("publicKeyDer"));
            var key = (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(spki));
            assertThat(verifies(new VerificationKey(key), test.hex("msg"), test.hex("sig")))
                    .as(test.id())
                    .isEqualTo(test.valid());
        }

        assertThat(cases).hasSize(504);
    }

    private static boolean verifies(VerificationKey key, byte[] message, byte[] signature) {
        try {
            return key.verifies(Bytes.copyOf(message), Der.signature(ByteBuffer.wrap(signature)));
        } catch (Refused e) {
            return false;
        }
    }
}
