package dev.parley.web.testing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** A bearer token that is right until a test makes it wrong. */
public final class Token {
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final Map<String, String> header = new LinkedHashMap<>();
    private final Map<String, String> claims = new LinkedHashMap<>();

    private Token(List<String> roles) {
        var now = Instant.now().getEpochSecond();
        header.put("alg", "\"RS256\"");
        header.put("kid", "\"" + TestIssuer.KEY_ID + "\"");
        header.put("typ", "\"JWT\"");
        claims.put("iss", "\"" + setting(TestIssuer.URL) + "\"");
        claims.put("aud", "\"parley-portal\"");
        claims.put("typ", "\"Bearer\"");
        claims.put("sub", "\"" + UUID.randomUUID() + "\"");
        claims.put("iat", Long.toString(now - 1));
        claims.put("exp", Long.toString(now + 300));
        claims.put(
                "realm_access",
                "{\"roles\":[" + roles.stream().map(r -> "\"" + r + "\"").collect(Collectors.joining(",")) + "]}");
    }

    public static Token withRoles(String... roles) {
        return new Token(List.of(roles));
    }

    /** Sets a claim to raw JSON; null takes it away. */
    public Token claim(String name, @Nullable String json) {
        return put(claims, name, json);
    }

    public Token header(String name, @Nullable String json) {
        return put(header, name, json);
    }

    private Token put(Map<String, String> members, String name, @Nullable String json) {
        if (json == null) {
            members.remove(name);
        } else {
            members.put(name, json);
        }
        return this;
    }

    public String unsigned() {
        return encode(print(header)) + "." + encode(print(claims));
    }

    public String signed() {
        return signedWith(issuerKey());
    }

    public String signedWith(PrivateKey key) {
        try {
            var signer = Signature.getInstance("SHA256withRSA");
            signer.initSign(key);
            signer.update(unsigned().getBytes(StandardCharsets.US_ASCII));
            return unsigned() + "." + BASE64URL.encodeToString(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static PrivateKey issuerKey() {
        try {
            var spec = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(setting(TestIssuer.KEY)));
            return KeyFactory.getInstance("RSA").generatePrivate(spec);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String setting(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }

    private static String print(Map<String, String> members) {
        return members.entrySet().stream()
                .map(e -> "\"" + e.getKey() + "\":" + e.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String encode(String json) {
        return BASE64URL.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
