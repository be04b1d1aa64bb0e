package dev.parley.protocol.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.vectors.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** RFC 9180, appendix A: base mode of our suite (16, 1, 2). */
class HpkeVectorsTest {
    @Test
    void encryptsTheSequenceOfTheVectorsUnderTheirEphemeralKey() throws Exception {
        var vector = ours();
        var context = sender(vector);

        assertThat(context.getEncapsulation()).isEqualTo(hex(vector, "enc"));
        for (var number = 0; number <= 256; number++) {
            var expected = encryption(vector, number);
            var aad = ("Count-" + number).getBytes(UTF_8);
            var sealed = context.seal(aad, hex(encryptions(vector).getFirst(), "pt"));
            if (expected != null) {
                assertThat(hex(expected, "aad")).isEqualTo(aad);
                assertThat(sealed).as("sequence " + number).isEqualTo(hex(expected, "ct"));
            }
        }
    }

    @Test
    void decryptsTheSequenceOfTheVectors() throws Exception {
        var vector = ours();
        var suite = Hpke.suite();
        var context = suite.setupBaseR(hex(vector, "enc"), pair(suite, vector, "R"), hex(vector, "info"));
        var opened = 0;

        for (var number = 0; number <= 256; number++) {
            var next = encryption(vector, number);
            if (next == null) {
                // Only a successful opening moves the sequence on.
                context.seal(new byte[0], new byte[0]);
                continue;
            }
            assertThat(context.open(hex(next, "aad"), hex(next, "ct"))).isEqualTo(hex(next, "pt"));
            opened++;
        }

        assertThat(opened).isEqualTo(encryptions(vector).size()).isEqualTo(6);
    }

    @Test
    void opensWithAnOpeningKeyWhatTheVectorsSenderSeals() throws Exception {
        var vector = ours();
        var key = openingKey(vector);
        var context = sender(vector);

        var sealed = Hpke.join(context.getEncapsulation(), context.seal(new byte[0], "secret".getBytes(UTF_8)));

        assertThat(key.open(Bytes.copyOf(hex(vector, "info")), sealed)).isEqualTo("secret".getBytes(UTF_8));
    }

    @Test
    void findsItsSuiteOnceAmongTheTwelve() throws Exception {
        assertThat(Vectors.json("hpke/rfc9180_base_aesgcm.json")).isInstanceOfSatisfying(Json.Arr.class, all -> {
            assertThat(all.items()).hasSize(12);
            assertThat(all.items().stream().filter(HpkeVectorsTest::isOurs)).hasSize(1);
        });
    }

    private static OpeningKey openingKey(Json.Obj vector) throws Exception {
        var point = SealingKey.parsePoint(Bytes.copyOf(hex(vector, "pkRm")));
        var members = new LinkedHashMap<>(point.jwk().members());
        members.put("d", Json.of(Bytes.copyOf(hex(vector, "skRm"))));
        return OpeningKey.importSecretJwk(new Json.Obj(members));
    }

    private static HPKEContextWithEncapsulation sender(Json.Obj vector) throws Exception {
        var suite = Hpke.suite();
        var receiver = suite.deserializePublicKey(hex(vector, "pkRm"));
        return suite.setupBaseS(receiver, hex(vector, "info"), pair(suite, vector, "E"));
    }

    private static AsymmetricCipherKeyPair pair(HPKE suite, Json.Obj vector, String whose) throws Exception {
        return suite.deserializePrivateKey(hex(vector, "sk" + whose + "m"), hex(vector, "pk" + whose + "m"));
    }

    private static Json.Obj ours() throws Exception {
        var all = (Json.Arr) Vectors.json("hpke/rfc9180_base_aesgcm.json");
        return all.items().stream()
                .filter(HpkeVectorsTest::isOurs)
                .findFirst()
                .orElseThrow()
                .asObject();
    }

    private static boolean isOurs(Json vector) {
        var members = ((Json.Obj) vector).members();
        return new Json.Int(16).equals(members.get("kem_id"))
                && new Json.Int(1).equals(members.get("kdf_id"))
                && new Json.Int(2).equals(members.get("aead_id"));
    }

    private static List<Json.Obj> encryptions(Json.Obj vector) throws Malformed {
        List<Json.Obj> encryptions = new ArrayList<>();
        for (var item : Vectors.array(vector, "encryptions")) {
            encryptions.add(item.asObject());
        }
        return encryptions;
    }

    private static Json.@Nullable Obj encryption(Json.Obj vector, int number) throws Malformed {
        var aad = ("Count-" + number).getBytes(UTF_8);
        for (var encryption : encryptions(vector)) {
            if (Arrays.equals(hex(encryption, "aad"), aad)) {
                return encryption;
            }
        }
        return null;
    }

    private static byte[] hex(Json.Obj object, String name) throws Malformed {
        return Bytes.parseHex(object.fields().string(name)).toArray();
    }
}
