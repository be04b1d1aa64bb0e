package dev.parley.cli.testing;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A small HTTP server on loopback. */
final class Loopback implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** What answers requests. */
    interface Handler {
        void handle(Exchange exchange) throws Exception;
    }

    private Loopback(HttpServer server) {
        this.server = server;
    }

    static Loopback start(Handler handler) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var loopback = new Loopback(server);
        server.createContext("/", http -> {
            var exchange = new Exchange(http);
            try {
                handler.handle(exchange);
            } catch (Exception e) {
                exchange.refuse(500, "INTERNAL");
            }
        });
        server.setExecutor(loopback.threads);
        server.start();
        return loopback;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
