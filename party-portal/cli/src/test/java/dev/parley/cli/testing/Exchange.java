package dev.parley.cli.testing;

import com.sun.net.httpserver.HttpExchange;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.wire.Problem;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** One request to a service of {@link Loopback} and its answer. */
final class Exchange {
    private final HttpExchange http;

    Exchange(HttpExchange http) {
        this.http = http;
    }

    /** Method and path: {@code GET /v1/runs}. */
    String line() {
        var override = header("X-HTTP-Method-Override");
        return (override.isEmpty() ? http.getRequestMethod() : override) + " "
                + http.getRequestURI().getPath();
    }

    String header(String name) {
        var value = http.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    Bytes body() throws IOException {
        return Bytes.takeOwnershipOf(http.getRequestBody().readAllBytes());
    }

    /** At most so many bytes of the body. */
    byte[] bodyStart(int most) throws IOException {
        return http.getRequestBody().readNBytes(most);
    }

    String text() throws IOException {
        return new String(body().toArray(), StandardCharsets.UTF_8);
    }

    Map<String, String> form() throws IOException {
        var form = new HashMap<String, String>();
        for (var pair : text().split("&", -1)) {
            var at = pair.indexOf('=');
            form.put(pair.substring(0, at), URLDecoder.decode(pair.substring(at + 1), StandardCharsets.UTF_8));
        }
        return form;
    }

    Exchange with(String name, String value) {
        http.getResponseHeaders().set(name, value);
        return this;
    }

    void answer(int status, Json document) throws IOException {
        answer(status, document.canonical());
    }

    void answer(int status, Bytes body) throws IOException {
        http.sendResponseHeaders(status, body.size() == 0 ? -1 : body.size());
        if (body.size() > 0) {
            http.getResponseBody().write(body.toArray());
        }
        http.close();
    }

    void refuse(int status, String code) throws IOException {
        answer(status, new Problem("https://parley.dev/errors/" + code, "refused", status, code, "the rule").json());
    }

    /** Ends the connection in the middle of things. */
    void cut() {
        http.close();
    }
}
