package dev.parley.host.operator;

import dev.parley.host.web.Web;
import dev.parley.host.web.Web.Bounds;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Bearer tokens of the host's own client, by the OAuth client credentials grant; renewed before they lapse. */
public final class AccessTokens {
    private static final Duration MARGIN = Duration.ofSeconds(20);
    private static final Bounds BOUNDS = new Bounds(Duration.ofSeconds(3), 1 << 20);

    private final Web web;
    private final Credentials credentials;
    private final InstantSource clock;
    private final ReentrantLock renewing = new ReentrantLock();
    private String token = "";
    private Instant renewAt = Instant.MIN;

    public AccessTokens(Web web, Credentials credentials, InstantSource clock) {
        this.web = web;
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

    /** Waits for no longer than two requests may take: not for each of those who found the issuer gone before. */
    public String current() throws IOException, InterruptedException {
        if (!renewing.tryLock(BOUNDS.time().toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IOException("no token in time");
        }
        try {
            if (!clock.instant().isBefore(renewAt)) {
                renew();
            }
            return token;
        } finally {
            renewing.unlock();
        }
    }

    private void renew() throws IOException, InterruptedException {
        var form = "grant_type=client_credentials&client_id=" + encode(credentials.client()) + "&client_secret="
                + encode(credentials.secret());
        var request = HttpRequest.newBuilder(credentials.tokenEndpoint())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        var response = web.send(request, BOUNDS);
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
