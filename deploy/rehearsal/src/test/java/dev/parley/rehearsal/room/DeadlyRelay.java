package dev.parley.rehearsal.room;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.wire.Message;
import dev.parley.protocol.wire.StepReport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Stands between a host and the operator's API, carries what they say, and kills the host at a word: what a host tells
 * the API is how far it has got, so each moment of a run is one of these words.
 */
final class DeadlyRelay implements AutoCloseable {
    /** When the API has handed out a run; every other word is a step, or one of the next two. */
    static final String CLAIMED = "CLAIMED";

    static final String READ = "READ";
    static final String OUTCOME = "OUTCOME";

    private final URI api;
    private final Runnable kill;
    private final BiConsumer<String, HttpExchange> listener;
    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpServer server;
    private volatile Optional<Word> deadly = Optional.empty();

    private record Word(String text, CountDownLatch said) {}

    private DeadlyRelay(URI api, Runnable kill, BiConsumer<String, HttpExchange> listener) throws IOException {
        this.api = api;
        this.kill = kill;
        this.listener = listener;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::carry);
        server.start();
    }

    static DeadlyRelay before(URI api, Runnable kill) throws IOException {
        return new DeadlyRelay(api, kill, (word, exchange) -> {});
    }

    /** One that kills nobody and tells what the host says. */
    static DeadlyRelay listening(URI api, BiConsumer<String, HttpExchange> listener) throws IOException {
        return new DeadlyRelay(api, () -> {}, listener);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The next host that says this dies of it. */
    void arm(String word) {
        deadly = Optional.of(new Word(word, new CountDownLatch(1)));
    }

    /** Waits until the word was said and its host is dead. */
    boolean killed(Duration limit) throws InterruptedException {
        return deadly.orElseThrow().said().await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void carry(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            var word = word(exchange, body);
            listener.accept(word, exchange);
            if (!word.equals(CLAIMED) && dies(word)) {
                return;
            }
            var answer = http.send(request(exchange, body), BodyHandlers.ofByteArray());
            if (word.equals(CLAIMED) && answer.statusCode() == 200 && dies(word)) {
                return;
            }
            answer(exchange, answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean dies(String word) {
        var armed = deadly.filter(it -> it.text().equals(word) && it.said().getCount() > 0);
        armed.ifPresent(it -> {
            kill.run();
            it.said().countDown();
        });
        return armed.isPresent();
    }

    private static String word(HttpExchange exchange, byte[] body) {
        var path = exchange.getRequestURI().getPath();
        if (path.endsWith("/claims")) {
            return CLAIMED;
        }
        if (path.endsWith("/steps")) {
            try {
                return Message.parse(Bytes.copyOf(body), StepReport::read).step();
            } catch (Malformed e) {
                throw new IllegalStateException("a host reports steps", e);
            }
        }
        if (path.endsWith("/ciphertext")) {
            return READ;
        }
        return path.endsWith("/outcome") ? OUTCOME : path;
    }

    private HttpRequest request(HttpExchange exchange, byte[] body) {
        var request = HttpRequest.newBuilder(
                        api.resolve(exchange.getRequestURI().toString()))
                .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
        for (var name : new String[] {"Authorization", "Content-Type", "Range"}) {
            Optional.ofNullable(exchange.getRequestHeaders().getFirst(name))
                    .ifPresent(value -> request.header(name, value));
        }
        return request.build();
    }

    private static void answer(HttpExchange exchange, HttpResponse<byte[]> answer) throws IOException {
        answer.headers()
                .firstValue("Content-Type")
                .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
        var body = answer.body();
        exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        http.close();
    }
}
