package dev.parley.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.vectors.Vectors;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECPrivateKeySpec;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Optional;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.Test;

/** The public keys that reach the key agreement of HPKE: as points from evidence, as JWK from a bundle. */
class EcdhVectorsTest {
    /** A named-curve SubjectPublicKeyInfo of P-256 up to its 65-byte point. */
    private static final String SPKI = "3059301306072a8648ce3d020106082a8648ce3d030107034200";

    @Test
    void takesExactlyTheValidPointsAndAgreesOnTheirSecret() throws Exception {
        var cases = Vectors.wycheproof("ecdh_secp256r1_test.json");
        var points = 0;

        for (var test : cases) {
            var encoded = test.text("public");
            var key = point(encoded.startsWith(SPKI) ? encoded.substring(SPKI.length()) : encoded);
            // Acceptable ones differ in the DER around the point, which we never read.
            assertThat(key.isPresent() && encoded.startsWith(SPKI))
                    .as(test.id())
                    .isEqualTo(test.valid()
                            || (key.isPresent() && test.text("result").equals("acceptable")));
            if (key.isPresent()) {
                points++;
                var secret = agree(scalar(test.text("private")), key.get());
                assertThat(secret).as(test.id()).isEqualTo(test.text("shared"));
            }
        }

        assertThat(points).isGreaterThanOrEqualTo(330);
        assertThat(cases).hasSize(612);
    }

    @Test
    void takesExactlyTheValidJwksAndAgreesOnTheirSecret() throws Exception {
        var cases = Vectors.wycheproof("ecdh_secp256r1_webcrypto_test.json");

        for (var test : cases) {
            var key = jwk(test.test().fields().value("public").asObject());
            assertThat(key.isPresent()).as(test.id()).isEqualTo(test.valid());
            if (key.isPresent()) {
                var secret = OpeningKey.importSecretJwk(
                        withoutKid(test.test().fields().value("private").asObject()));
                var d = secret.exportSecretJwk().fields().bytes("d");
                assertThat(agree(scalar(d.hex()), key.get())).as(test.id()).isEqualTo(test.text("shared"));
            }
        }

        assertThat(cases).hasSize(353);
    }

    private static Optional<SealingKey> point(String hex) {
        try {
            return Optional.of(SealingKey.parsePoint(Bytes.parseHex(hex)));
        } catch (Malformed e) {
            return Optional.empty();
        }
    }

    private static Optional<SealingKey> jwk(Json.Obj jwk) {
        try {
            return Optional.of(SealingKey.read(jwk.fields()));
        } catch (Malformed e) {
            return Optional.empty();
        }
    }

    private static Json.Obj withoutKid(Json.Obj jwk) {
        var members = new LinkedHashMap<>(jwk.members());
        members.remove("kid");
        return new Json.Obj(members);
    }

    private static ECPrivateKey scalar(String hex) throws Exception {
        var parameters = OpeningKey.generate(new java.security.SecureRandom())
                .sealingKey()
                .key()
                .getParams();
        return (ECPrivateKey)
                KeyFactory.getInstance("EC").generatePrivate(new ECPrivateKeySpec(new BigInteger(hex, 16), parameters));
    }

    private static String agree(ECPrivateKey secret, SealingKey key) throws Exception {
        var agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(secret);
        agreement.doPhase(key.key(), true);
        return HexFormat.of().formatHex(agreement.generateSecret());
    }
}
