package dev.parley.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.vectors.Vectors;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class VerificationKeyVectorsTest {
    @Test
    void judgesEveryRawSignatureAsWycheproofDoes() throws Exception {
        var accepted = 0;

        for (var test : Vectors.wycheproof("ecdsa_secp384r1_sha384_p1363_test.json")) {
            var point = test.group().fields().object("publicKey");
            var x = new BigInteger(point.string("wx"), 16);
            var y = new BigInteger(point.string("wy"), 16);
            var key = new VerificationKey(Curve.P384.publicKey(x, y));
            var verifies = key.verifies(Bytes.copyOf(test.hex("msg")), Bytes.copyOf(test.hex("sig")));
            assertThat(verifies).as(test.id()).isEqualTo(test.valid());
            accepted += verifies ? 1 : 0;
        }

        assertThat(accepted).isGreaterThan(100);
    }
}
