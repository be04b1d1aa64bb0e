package dev.parley.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.json.Json;
import dev.parley.protocol.vectors.Vectors;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** The JDK's AES-GCM as this house uses it: 256-bit keys, 96-bit nonces, 128-bit tags, direct buffers. */
class AesGcmVectorsTest {
    @Test
    void sealsAndOpensAsTheVectorsSay() throws Exception {
        var cases = Vectors.wycheproof("aes_gcm_test.json");
        var ours = 0;

        for (var test : cases) {
            if (!isOurs(test)) {
                continue;
            }
            ours++;
            var opened = open(test);
            assertThat(opened.isPresent()).as(test.id()).isEqualTo(test.valid());
            if (test.valid()) {
                assertThat(opened.get()).as(test.id()).isEqualTo(test.hex("msg"));
                assertThat(seal(test)).as(test.id()).isEqualTo(sealed(test));
            }
        }

        // The other 250 have key or nonce sizes that no type of ours can carry.
        assertThat(ours).isEqualTo(66);
        assertThat(cases).hasSize(316);
    }

    private static boolean isOurs(Vectors.Case test) {
        var group = test.group().members();
        return new Json.Int(256).equals(group.get("keySize"))
                && new Json.Int(96).equals(group.get("ivSize"))
                && new Json.Int(128).equals(group.get("tagSize"));
    }

    private static Optional<byte[]> open(Vectors.Case test) throws Exception {
        try {
            return Optional.of(crypt(Cipher.DECRYPT_MODE, test, sealed(test)));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        }
    }

    private static byte[] seal(Vectors.Case test) throws Exception {
        return crypt(Cipher.ENCRYPT_MODE, test, test.hex("msg"));
    }

    private static byte[] crypt(int mode, Vectors.Case test, byte[] input) throws Exception {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(test.hex("key"), "AES"), new GCMParameterSpec(128, test.hex("iv")));
        cipher.updateAAD(test.hex("aad"));
        var source = ByteBuffer.allocateDirect(input.length).put(input).flip();
        var target = ByteBuffer.allocateDirect(input.length + 16);
        cipher.doFinal(source, target);
        var output = new byte[target.flip().remaining()];
        target.get(output);
        return output;
    }

    private static byte[] sealed(Vectors.Case test) throws Exception {
        var text = test.hex("ct");
        var tag = test.hex("tag");
        var sealed = Arrays.copyOf(text, text.length + tag.length);
        System.arraycopy(tag, 0, sealed, text.length, tag.length);
        return sealed;
    }
}
