package dev.parley.web.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.web.testing.Api;
import dev.parley.web.testing.Surroundings;
import dev.parley.web.testing.Token;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class TokensTest {
    private static @Nullable PrivateKey otherKey;

    @Test
    void letsAMemberIn() {
        assertThat(Api.as(member()).get("/v1/status").status()).isEqualTo(200);
    }

    @TestFactory
    Stream<DynamicTest> refusesWrongTokens() throws GeneralSecurityException {
        return wrong().entrySet().stream()
                .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> {
                    var answer = Api.withToken(e.getValue()).get("/v1/status");
                    assertThat(answer.problem()).isEqualTo("401 UNAUTHENTICATED");
                    assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
                }));
    }

    @Test
    void refusesToServeWithoutAToken() {
        for (var path : new String[] {"/v1/status", "/v1/rooms", "/v1/datasets", "/v1/budget"}) {
            var answer = Api.anonymous().get(path);
            assertThat(answer.problem()).isEqualTo("401 UNAUTHENTICATED");
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
        }
    }

    @Test
    void refusesATokenWithoutRoleWhateverItSaysElsewhere() {
        var elsewhere = Token.withRoles()
                .claim("roles", "[\"approver\"]")
                .claim("groups", "[\"approver\"]")
                .claim("scope", "\"approver\"");

        assertThat(Api.as(Token.withRoles()).get("/v1/status").problem()).isEqualTo("403 FORBIDDEN");
        assertThat(Api.as(elsewhere).get("/v1/status").problem()).isEqualTo("403 FORBIDDEN");
        assertThat(Api.as(Token.withRoles("party-member", "host"))
                        .get("/v1/status")
                        .problem())
                .isEqualTo("403 FORBIDDEN");
    }

    private static Map<String, String> wrong() throws GeneralSecurityException {
        var now = Instant.now().getEpochSecond();
        var right = member();
        var parts = right.signed().split("\\.", -1);
        Map<String, String> wrong = new LinkedHashMap<>();
        wrong.put("no signature, alg none", member().header("alg", "\"none\"").unsigned() + ".");
        wrong.put(
                "alg NONE with the signature",
                member().header("alg", "\"NONE\"").signed());
        wrong.put("HS256 keyed with the public key", hs256());
        wrong.put(
                "a header of another algorithm",
                member().header("alg", "\"PS256\"").signed());
        wrong.put("signed by another key", member().signedWith(otherKey()));
        wrong.put("a key that nobody knows", member().header("kid", "\"other\"").signedWith(otherKey()));
        wrong.put(
                "its own key in the header",
                member().header("kid", null).header("jwk", "{\"kty\":\"RSA\"}").signedWith(otherKey()));
        wrong.put(
                "a key to fetch",
                member().header("jku", "\"http://127.0.0.1:1/jwks\"").signedWith(otherKey()));
        wrong.put(
                "critical headers",
                member().header("crit", "[\"x-unknown\"]")
                        .header("x-unknown", "1")
                        .signed());
        wrong.put(
                "a changed payload",
                parts[0] + "." + Token.withRoles("approver").unsigned().split("\\.", -1)[1] + "." + parts[2]);
        wrong.put("a cut signature", right.signed().substring(0, right.signed().length() - 8));
        wrong.put("no signature", parts[0] + "." + parts[1] + ".");
        wrong.put("expired", member().claim("exp", Long.toString(now - 60)).signed());
        wrong.put("without expiry", member().claim("exp", null).signed());
        wrong.put(
                "not valid yet", member().claim("nbf", Long.toString(now + 600)).signed());
        wrong.put("another audience", member().claim("aud", "\"parley-api\"").signed());
        wrong.put("no audience", member().claim("aud", null).signed());
        wrong.put(
                "another issuer",
                member().claim("iss", "\"http://127.0.0.1:9/realms/operator\"").signed());
        wrong.put("no issuer", member().claim("iss", null).signed());
        wrong.put("an ID token", member().claim("typ", "\"ID\"").signed());
        wrong.put("a refresh token", member().claim("typ", "\"Refresh\"").signed());
        wrong.put("not a JWT", "x");
        wrong.put("four parts", right.signed() + ".x");
        return wrong;
    }

    private static Token member() {
        return Token.withRoles("analyst");
    }

    private static synchronized PrivateKey otherKey() throws NoSuchAlgorithmException {
        if (otherKey != null) {
            return otherKey;
        }
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        otherKey = generator.generateKeyPair().getPrivate();
        return otherKey;
    }

    private static String hs256() throws GeneralSecurityException {
        var secret = (RSAPrivateCrtKey) Token.issuerKey();
        var spki = KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(secret.getModulus(), secret.getPublicExponent()))
                .getEncoded();
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(spki, "HmacSHA256"));
        var input = member().header("alg", "\"HS256\"").unsigned();
        return input + "."
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
    }
}
