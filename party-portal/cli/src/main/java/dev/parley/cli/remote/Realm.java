package dev.parley.cli.remote;

import dev.parley.cli.console.CliCode;
import dev.parley.cli.console.Failure;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A realm of an identity provider (OpenID Connect discovery, RFC 6749, RFC 8628). */
final class Realm {
    private static final String DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";

    private final Http http;
    private final URI tokenEndpoint;
    private final Optional<URI> deviceEndpoint;

    private Realm(Http http, URI tokenEndpoint, Optional<URI> deviceEndpoint) {
        this.http = http;
        this.tokenEndpoint = tokenEndpoint;
        this.deviceEndpoint = deviceEndpoint;
    }

    /** What a realm gave. */
    record Grant(String accessToken, Instant expires, Optional<String> refreshToken) {
        @Override
        public String toString() {
            return "Grant[secret]";
        }
    }

    /** What a person needs to log in elsewhere, and how to ask whether that has happened. */
    record DeviceCode(String secret, String userCode, String address, int interval, Instant expires) {
        @Override
        public String toString() {
            return "DeviceCode[" + userCode + "]";
        }
    }

    static Realm discover(Http http, URI issuer) throws Failure {
        var body = http.send(
                Http.request(issuer, "/.well-known/openid-configuration").GET().build());
        try {
            var fields = Json.parse(body).asObject().fields();
            if (!fields.string("issuer").equals(issuer.toString())) {
                throw new Malformed("it is another issuer");
            }
            var device = fields.has("device_authorization_endpoint")
                    ? Optional.of(fields.text("device_authorization_endpoint", URI::create))
                    : Optional.<URI>empty();
            return new Realm(http, fields.text("token_endpoint", URI::create), device);
        } catch (Malformed | IllegalArgumentException e) {
            throw Failure.of(CliCode.SERVICE_ANSWER_MALFORMED, issuer + " does not describe itself: " + e.getMessage());
        }
    }

    Grant byClientSecret(String client, String secret, Instant now) throws Failure {
        return require(
                token(Map.of("grant_type", "client_credentials", "client_id", client, "client_secret", secret), now));
    }

    Grant byRefresh(String client, String refreshToken, Instant now) throws Failure {
        return require(
                token(Map.of("grant_type", "refresh_token", "client_id", client, "refresh_token", refreshToken), now));
    }

    DeviceCode startDevice(String client, Instant now) throws Failure {
        var endpoint = deviceEndpoint.orElseThrow(
                () -> Failure.of(CliCode.LOGIN_REFUSED, "this realm has no device login: use --client-credentials"));
        var body = http.send(form(endpoint, Map.of("client_id", client, "scope", "openid")));
        try {
            var fields = Json.parse(body).asObject().fields();
            var address = fields.has("verification_uri_complete")
                    ? fields.string("verification_uri_complete")
                    : fields.string("verification_uri");
            return new DeviceCode(
                    fields.string("device_code"),
                    fields.string("user_code"),
                    address,
                    fields.has("interval") ? (int) fields.integer("interval", 1, 60) : 5,
                    now.plusSeconds(fields.integer("expires_in", 1, 86_400)));
        } catch (Malformed e) {
            throw Failure.of(CliCode.SERVICE_ANSWER_MALFORMED, "the realm's device login cannot be read");
        }
    }

    /** Empty while the person has not finished. */
    Optional<Grant> pollDevice(String client, DeviceCode code, Instant now) throws Failure {
        return token(Map.of("grant_type", DEVICE_GRANT, "client_id", client, "device_code", code.secret()), now);
    }

    private Optional<Grant> token(Map<String, String> form, Instant now) throws Failure {
        var request = form(tokenEndpoint, form);
        var response = http.exchange(request, BodyHandlers.ofByteArray());
        var body = Bytes.takeOwnershipOf(response.body());
        if (response.statusCode() / 100 == 5) {
            throw Http.failure(tokenEndpoint, response.statusCode(), body);
        }
        try {
            var fields = Json.parse(body).asObject().fields();
            if (response.statusCode() == 200) {
                return Optional.of(grant(fields, now));
            }
            var error = fields.string("error");
            if (error.equals("authorization_pending") || error.equals("slow_down")) {
                return Optional.empty();
            }
            throw Failure.of(
                    CliCode.LOGIN_REFUSED,
                    "the realm refuses: " + (error.matches("[a-z_]{1,60}") ? error : "no reason given"));
        } catch (Malformed e) {
            throw Failure.of(CliCode.SERVICE_ANSWER_MALFORMED, "the realm's answer cannot be read");
        }
    }

    private static Grant grant(Fields fields, Instant now) throws Malformed {
        // Realms add members of their own, so the answer is not read to its end.
        return new Grant(
                fields.string("access_token"),
                now.plusSeconds(fields.integer("expires_in", 1, 31_536_000)),
                fields.has("refresh_token") ? Optional.of(fields.string("refresh_token")) : Optional.empty());
    }

    private static Grant require(Optional<Grant> grant) throws Failure {
        return grant.orElseThrow(() -> Failure.of(CliCode.LOGIN_REFUSED, "the realm gave no token"));
    }

    private static HttpRequest form(URI endpoint, Map<String, String> form) {
        var body = form.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return HttpRequest.newBuilder(endpoint)
                .timeout(Http.TIMEOUT)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body))
                .build();
    }
}
