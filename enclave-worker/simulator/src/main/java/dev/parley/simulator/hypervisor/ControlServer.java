package dev.parley.simulator.hypervisor;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The control socket: whoever runs the platform may connect, nobody else. */
public final class ControlServer implements AutoCloseable {
    private final Platform platform;
    private final ServerSocketChannel server;
    private final Enclaves enclaves = new Enclaves();
    private final Set<Thread> sessions = ConcurrentHashMap.newKeySet();

    private ControlServer(Platform platform, ServerSocketChannel server) {
        this.platform = platform;
        this.server = server;
    }

    /** Listens at {@code socket}; one that an earlier platform left there goes. */
    public static ControlServer listen(Platform platform, Path socket) throws IOException {
        Files.deleteIfExists(socket);
        var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(socket));
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            server.close();
            throw e;
        }
        return new ControlServer(platform, server);
    }

    /** Serves until {@link #close()}. */
    public void serve() {
        while (server.isOpen()) {
            try {
                var connection = server.accept();
                var session = Thread.ofVirtual().name("control").unstarted(() -> serve(connection));
                sessions.add(session);
                session.start();
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(SocketChannel connection) {
        try (connection) {
            new ControlSession(platform, enclaves, new ControlFrames(connection)).run();
        } catch (IOException e) {
            // Where it failed the enclave has ended with the session. The kind of failure holds no data.
            System.err.println("simulator: a session ended: " + e.getClass().getSimpleName() + ": " + e.getMessage());
        } finally {
            sessions.remove(Thread.currentThread());
        }
    }

    /** Ends every session and with it every enclave. */
    @Override
    public void close() throws IOException {
        server.close();
        sessions.forEach(Thread::interrupt);
        for (var session : sessions) {
            try {
                session.join(java.time.Duration.ofSeconds(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
