package dev.parley.simulator.securitymodule;

import dev.parley.protocol.encoding.Bytes;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * A security module behind a Unix socket: each request and each response is a frame, its length in four bytes first. A
 * frame longer than any request ends the connection, since what follows could not be told from data.
 */
public final class ModuleSocket implements AutoCloseable {
    private static final int MAX_FRAME = 2 * NsmRequest.MAX_SIZE;

    private final ServerSocketChannel server;
    private final SecurityModule module;

    private ModuleSocket(ServerSocketChannel server, SecurityModule module) {
        this.server = server;
        this.module = module;
    }

    /** Listens from now on; the caller decides who may connect, by the rights of the file. */
    public static ModuleSocket listen(Path path, SecurityModule module) throws IOException {
        var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(path));
        } catch (IOException e) {
            server.close();
            throw e;
        }
        var socket = new ModuleSocket(server, module);
        Thread.ofVirtual().name("security-module").start(socket::accept);
        return socket;
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                var connection = server.accept();
                Thread.ofVirtual().name("security-module-connection").start(() -> serve(connection));
            } catch (IOException e) {
                return; // closed: the enclave has ended
            }
        }
    }

    private void serve(SocketChannel connection) {
        try (connection) {
            var length = ByteBuffer.allocate(Integer.BYTES);
            while (readFully(connection, length.clear())) {
                int size = length.getInt(0);
                if (size < 1 || size > MAX_FRAME) {
                    return;
                }
                var request = ByteBuffer.allocate(size);
                if (!readFully(connection, request)) {
                    return;
                }
                write(connection, module.answer(Bytes.takeOwnershipOf(request.array())));
            }
        } catch (IOException e) {
            // The enclave went away in the middle of a frame. It has nobody to complain to.
            return;
        }
    }

    private static void write(SocketChannel connection, Bytes response) throws IOException {
        var frame = ByteBuffer.allocate(Integer.BYTES + response.size());
        frame.putInt(response.size()).put(response.asBuffer()).flip();
        while (frame.hasRemaining()) {
            connection.write(frame);
        }
    }

    private static boolean readFully(SocketChannel connection, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (connection.read(buffer) < 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
