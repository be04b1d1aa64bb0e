package dev.parley.web.testing;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.Map;

/** An OpenID provider that knows only its discovery document and its keys; tests sign tokens themselves. */
final class TestIssuer {
    static final String URL = "test.issuer";
    static final String KEY = "test.issuer-key";
    static final String KEY_ID = "test-key";

    private final HttpServer server;
    private final KeyPair key;

    private TestIssuer(HttpServer server, KeyPair key) {
        this.server = server;
        this.key = key;
    }

    static TestIssuer start() throws IOException {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var issuer = new TestIssuer(server, generator.generateKeyPair());
            issuer.serve("/.well-known/openid-configuration", issuer.discovery());
            issuer.serve("/jwks", issuer.keys());
            server.start();
            return issuer;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    void stop() {
        server.stop(0);
    }

    Map<String, String> settings() {
        return Map.of(
                "quarkus.oidc.auth-server-url",
                url(),
                URL,
                url(),
                KEY,
                Base64.getEncoder().encodeToString(key.getPrivate().getEncoded()));
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private String discovery() {
        return "{\"issuer\":\"%1$s\",\"jwks_uri\":\"%1$s/jwks\",\"token_endpoint\":\"%1$s/token\"}".formatted(url());
    }

    private String keys() {
        var rsa = (RSAPublicKey) key.getPublic();
        return "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"%s\",\"n\":\"%s\",\"e\":\"%s\"}]}"
                .formatted(
                        KEY_ID,
                        base64Url(rsa.getModulus().toByteArray()),
                        base64Url(rsa.getPublicExponent().toByteArray()));
    }

    private static String base64Url(byte[] number) {
        var unsigned = number[0] == 0 ? java.util.Arrays.copyOfRange(number, 1, number.length) : number;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(unsigned);
    }

    private void serve(String path, String json) {
        server.createContext(path, exchange -> {
            var body = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }
}
