package dev.parley.local.keycloak;

import static java.util.Objects.requireNonNull;

import dev.parley.local.state.Secret;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** How a job logs in: issuer, client and its secret. */
public record ServiceLogin(URI issuer, String client, Secret secret) {
    public ServiceLogin {
        requireNonNull(issuer);
        requireNonNull(client);
        requireNonNull(secret);
    }

    /** A fresh access token. */
    public String accessToken() throws IOException, InterruptedException {
        var form = "grant_type=client_credentials&client_id=" + encoded(client) + "&client_secret="
                + encoded(secret.reveal());
        var request = HttpRequest.newBuilder(URI.create(issuer + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException("login of " + client + " refused with status " + response.statusCode());
            }
            return token(response.body());
        }
    }

    private static String token(String answer) throws IOException {
        try {
            if (Json.parse(Bytes.utf8(answer)).asObject().members().get("access_token") instanceof Json.Str token) {
                return token.value();
            }
        } catch (Malformed malformed) {
            throw new IOException("the issuer's answer cannot be read", malformed);
        }
        throw new IOException("the issuer's answer has no access token");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
