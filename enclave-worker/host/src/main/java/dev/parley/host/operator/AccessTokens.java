package dev.parley.host.operator;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Bearer tokens of the host's own client, by the OAuth client credentials grant; renewed before they lapse. */
public final class AccessTokens {
    private static final Duration MARGIN = Duration.ofSeconds(20);

    private final HttpClient http;
    private final Credentials credentials;
    private final InstantSource clock;
    private String token = "";
    private Instant renewAt = Instant.MIN;

    public AccessTokens(HttpClient http, Credentials credentials, InstantSource clock) {
        this.http = http;
        this.credentials = credentials;
        this.clock = clock;
    }

    /** Where and as whom to ask for a token. */
    public record Credentials(URI tokenEndpoint, String client, String secret) {
        @Override
        public String toString() {
            return "Credentials[" + client + "]";
        }
    }

    public synchronized String current() throws IOException, InterruptedException {
        if (!clock.instant().isBefore(renewAt)) {
            renew();
        }
        return token;
    }

    private void renew() throws IOException, InterruptedException {
        var form = "grant_type=client_credentials&client_id=" + encode(credentials.client()) + "&client_secret="
                + encode(credentials.secret());
        var request = HttpRequest.newBuilder(credentials.tokenEndpoint())
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        var response = http.send(request, BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IOException("token endpoint answered " + response.statusCode());
        }
        try {
            // Issuers add members of their own, so the answer is not read to its end.
            var fields = Json.parse(Bytes.takeOwnershipOf(response.body()))
                    .asObject()
                    .fields();
            token = fields.string("access_token");
            renewAt = clock.instant().plusSeconds(fields.integer("expires_in")).minus(MARGIN);
        } catch (Malformed e) {
            throw new IOException("token endpoint sent no token", e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
