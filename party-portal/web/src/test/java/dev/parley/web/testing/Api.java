package dev.parley.web.testing;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.wire.Message;
import dev.parley.protocol.wire.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** The API over HTTP, for one caller. */
public final class Api {
    public static final String JSON = "application/json";
    public static final String JOSE = "application/jose";
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final @Nullable String token;

    private Api(@Nullable String token) {
        this.token = token;
    }

    public static Api as(Token token) {
        return new Api(token.signed());
    }

    public static Api withToken(String token) {
        return new Api(token);
    }

    public static Api anonymous() {
        return new Api(null);
    }

    /** An answer with its body read. */
    public record Answer(HttpResponse<byte[]> response) {
        public int status() {
            return response.statusCode();
        }

        public Bytes body() {
            return Bytes.copyOf(response.body());
        }

        public String text() {
            return new String(response.body(), java.nio.charset.StandardCharsets.UTF_8);
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        public <T extends Message> T read(Fields.Reader<T> reader) {
            try {
                return Message.parse(body(), reader);
            } catch (Malformed e) {
                throw new AssertionError(status() + " " + text(), e);
            }
        }

        /** Status and code of a problem, which must be one: {@code 404 NOT_FOUND}. */
        public String problem() {
            if (!header("Content-Type").startsWith("application/problem+json")) {
                throw new AssertionError(status() + " is no problem: " + header("Content-Type") + " " + text());
            }
            var problem = read(Problem::read);
            if (problem.status() != status() || !problem.type().endsWith("/" + problem.code())) {
                throw new AssertionError("problem does not fit its answer: " + text());
            }
            return status() + " " + problem.code();
        }
    }

    public Answer get(String path, String... headers) {
        return send("GET", path, HttpRequest.BodyPublishers.noBody(), headers);
    }

    public Answer post(String path, String type, String body) {
        return send("POST", path, HttpRequest.BodyPublishers.ofString(body), "Content-Type", type);
    }

    public Answer post(String path, String type, Bytes body) {
        return send("POST", path, HttpRequest.BodyPublishers.ofByteArray(body.toArray()), "Content-Type", type);
    }

    public Answer put(String method, String path, Message message) {
        var body = HttpRequest.BodyPublishers.ofByteArray(
                message.json().canonical().toArray());
        return send(method, path, body, "Content-Type", JSON);
    }

    public Answer send(String method, String path, HttpRequest.BodyPublisher body, String... headers) {
        try {
            return new Answer(
                    CLIENT.send(request(method, path, body, headers), HttpResponse.BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public HttpRequest request(String method, String path, HttpRequest.BodyPublisher body, String... headers) {
        var request = HttpRequest.newBuilder(uri(path)).method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return request.build();
    }

    public static URI uri(String path) {
        var port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
