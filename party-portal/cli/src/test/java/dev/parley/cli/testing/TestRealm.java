package dev.parley.cli.testing;

import dev.parley.protocol.json.Json;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A realm that gives tokens to one job and to whoever confirms a code, at the second time of asking. */
public final class TestRealm implements AutoCloseable {
    public static final String SECRET = "the secret of the job";

    private final Set<String> tokens = ConcurrentHashMap.newKeySet();
    private final List<String> grants = new CopyOnWriteArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final Loopback loopback;

    public TestRealm() throws IOException {
        this.loopback = Loopback.start(this::handle);
    }

    public URI issuer() {
        return loopback.uri();
    }

    /** The kinds of grants that were asked for. */
    public List<String> grants() {
        return grants;
    }

    boolean accepts(Exchange exchange) {
        var header = exchange.header("Authorization");
        return header.startsWith("Bearer ") && tokens.contains(header.substring("Bearer ".length()));
    }

    private void handle(Exchange exchange) throws IOException {
        switch (exchange.line()) {
            case "GET /.well-known/openid-configuration" -> exchange.answer(200, description());
            case "POST /device" -> exchange.answer(200, device());
            case "POST /token" -> token(exchange);
            default -> exchange.refuse(404, "NOT_FOUND");
        }
    }

    private Json description() {
        return Json.object()
                .put("issuer", issuer().toString())
                .put("token_endpoint", issuer() + "/token")
                .put("device_authorization_endpoint", issuer() + "/device")
                .put("claims_supported", Json.strings(List.of("sub")))
                .build();
    }

    private Json device() {
        return Json.object()
                .put("device_code", "the device's code")
                .put("user_code", "ABCD-EFGH")
                .put("verification_uri", issuer() + "/confirm")
                .put("interval", 1)
                .put("expires_in", 600)
                .build();
    }

    private void token(Exchange exchange) throws IOException {
        var form = exchange.form();
        var kind = String.valueOf(form.get("grant_type"));
        grants.add(kind);
        var error = switch (kind) {
            case "client_credentials" -> SECRET.equals(form.get("client_secret")) ? "" : "invalid_client";
            case "refresh_token" -> "refresh".equals(form.get("refresh_token")) ? "" : "invalid_grant";
            default -> asked.getAndIncrement() == 0 ? "authorization_pending" : "";
        };
        if (!error.isEmpty()) {
            exchange.answer(
                    error.equals("invalid_client") ? 401 : 400,
                    Json.object().put("error", error).build());
            return;
        }
        var token = "token-" + tokens.size();
        tokens.add(token);
        var answer = Json.object()
                .put("access_token", token)
                .put("expires_in", 600)
                .put("not-before-policy", 0)
                .put("token_type", "Bearer");
        exchange.answer(
                200,
                kind.equals("client_credentials")
                        ? answer.build()
                        : answer.put("refresh_token", "refresh").build());
    }

    @Override
    public void close() {
        loopback.close();
    }
}
