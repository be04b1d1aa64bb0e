package dev.parley.cli.remote;

import dev.parley.cli.console.CliCode;
import dev.parley.cli.console.ExitCode;
import dev.parley.cli.console.Failure;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.wire.Message;
import dev.parley.protocol.wire.Problem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** One way out: sends requests and turns whatever goes wrong into a failure with an exit code. */
final class Http implements AutoCloseable {
    static final Duration TIMEOUT = Duration.ofSeconds(60);

    private static final Set<Integer> BAD_INPUT = Set.of(400, 404, 405, 413, 415);
    private static final Set<Integer> LATER = Set.of(408, 425, 429);

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    static HttpRequest.Builder request(URI base, String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(TIMEOUT);
    }

    /** The body of an answer that says yes. */
    Bytes send(HttpRequest request) throws Failure {
        var response = exchange(request, BodyHandlers.ofByteArray());
        var body = Bytes.takeOwnershipOf(response.body());
        if (response.statusCode() / 100 != 2) {
            throw failure(request.uri(), response.statusCode(), body);
        }
        return body;
    }

    <T> T send(HttpRequest request, Fields.Reader<T> reader) throws Failure {
        var body = send(request);
        try {
            return Message.parse(body, reader);
        } catch (Malformed e) {
            throw Failure.of(
                    CliCode.SERVICE_ANSWER_MALFORMED,
                    host(request.uri()) + " sent another message than expected: " + e.getMessage());
        }
    }

    <T> HttpResponse<T> exchange(HttpRequest request, BodyHandler<T> handler) throws Failure {
        try {
            return client.send(request, handler);
        } catch (IOException e) {
            throw unreachable(request.uri());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(request.uri());
        }
    }

    static Failure unreachable(URI uri) {
        return Failure.of(CliCode.SERVICE_UNREACHABLE, host(uri) + " cannot be reached");
    }

    /** What a refusing answer means; services say it as RFC 9457 problems. */
    static Failure failure(URI uri, int status, Bytes body) {
        var problem = problem(body);
        var line = problem.map(p -> p.detail().isEmpty() ? p.title() : p.detail())
                .orElse(host(uri) + " answered " + status);
        if (status / 100 == 5 || LATER.contains(status)) {
            return Failure.of(
                    problem.map(Problem::code).orElse(CliCode.SERVICE_FAILED.name()), ExitCode.UNREACHABLE, line);
        }
        if (status == 401) {
            return Failure.of(CliCode.LOGIN_NEEDED, host(uri) + " does not accept the login: parley login");
        }
        var exit = BAD_INPUT.contains(status) ? ExitCode.BAD_INPUT : ExitCode.REFUSED;
        return Failure.of(problem.map(Problem::code).orElse(CliCode.SERVICE_REFUSED.name()), exit, line);
    }

    private static Optional<Problem> problem(Bytes body) {
        try {
            return Optional.of(Message.parse(body, Problem::read))
                    .filter(problem -> problem.code().matches("[A-Z][A-Z0-9_]{0,63}"));
        } catch (Malformed e) {
            // A proxy on the way answers in its own words.
            return Optional.empty();
        }
    }

    private static String host(URI uri) {
        return uri.getScheme() + "://" + uri.getAuthority();
    }

    @Override
    public void close() {
        client.close();
    }
}
