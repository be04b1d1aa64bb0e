package dev.parley.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.vectors.Vectors;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our JWS is one algorithm with one header: a subset that holds none of these, valid or not. */
class JoseVectorsTest {
    @ParameterizedTest
    @CsvSource({"json_web_signature_test.json, 401", "json_web_key_test.json, 26"})
    void acceptsNoForeignSignatureUnderAnyKey(String file, int count) throws Exception {
        var cases = Vectors.wycheproof(file);
        var stranger = SigningKey.generate(new SecureRandom()).verificationKey();

        for (var test : cases) {
            var keys = new ArrayList<>(keys(test.group()));
            keys.add(stranger);
            for (var key : keys) {
                assertThat(accepts(test.text("jws"), key)).as(test.id()).isFalse();
            }
        }

        assertThat(cases).hasSize(count);
    }

    @ParameterizedTest
    @CsvSource({"json_web_signature_test.json", "json_web_key_test.json"})
    void readsNoForeignKeyThatIsNotOnP384(String file) throws Exception {
        for (var test : Vectors.wycheproof(file)) {
            for (var key : keys(test.group())) {
                assertThat(key.key().getParams().getCurve().getField().getFieldSize())
                        .as(test.id())
                        .isEqualTo(384);
            }
        }
    }

    private static boolean accepts(String compact, VerificationKey key) {
        try {
            var jws = Jws.parse(compact);
            return jws.verify(jws.type(), key) != null;
        } catch (Malformed | BadSignature e) {
            return false;
        }
    }

    /** The keys of a group, one or a set, that we can read at all. */
    private static List<VerificationKey> keys(Json.Obj group) throws Malformed {
        List<VerificationKey> keys = new ArrayList<>();
        for (var half : List.of("public", "private")) {
            if (!(group.members().get(half) instanceof Json.Obj found)) {
                continue;
            }
            var set = found.members().containsKey("keys") ? Vectors.array(found, "keys") : List.<Json>of(found);
            for (var jwk : set) {
                try {
                    keys.add(VerificationKey.read(jwk.asObject().fields()));
                } catch (Malformed e) {
                    // Not a key of P-384.
                    assertThat(e).hasMessageNotContaining("null");
                }
            }
        }
        return keys;
    }
}
