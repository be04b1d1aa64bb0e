package dev.parley.simulator;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** The host's side of the control socket, written from the specification alone. */
final class PlatformClient implements AutoCloseable {
    private final SocketChannel connection;

    private PlatformClient(SocketChannel connection) {
        this.connection = connection;
    }

    static PlatformClient connect(Path socket) throws IOException {
        return new PlatformClient(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
    }

    /** Sends a request with the members given as names and values in turn, and reads the answer. */
    Fields ask(Json.Obj request) throws IOException, Malformed {
        send(request.canonical());
        return read();
    }

    Fields ask(String request) throws IOException, Malformed {
        return ask(Json.object()
                .put("parley", "platform/1")
                .put("request", request)
                .build());
    }

    /** Launches and returns the door that the host listens at. */
    LaunchedEnclave launch(boolean debug) throws IOException, Malformed {
        var prepared = ask(Json.object()
                .put("parley", "platform/1")
                .put("request", "launch")
                .put("debug", debug)
                .build());
        prepared.require("reply", "prepared");
        var id = prepared.string("enclaveId");
        var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(Path.of(prepared.string("channel"))));
        var started = ask("start");
        started.require("reply", "started");
        return new LaunchedEnclave(id, server, started);
    }

    record LaunchedEnclave(String id, ServerSocketChannel server, Fields started) {
        SocketChannel accept() throws IOException {
            try (server) {
                return server.accept();
            }
        }
    }

    void send(Bytes message) throws IOException {
        var frame = ByteBuffer.allocate(Integer.BYTES + message.size());
        frame.putInt(message.size()).put(message.asBuffer()).flip();
        connection.write(frame);
    }

    Fields read() throws IOException, Malformed {
        var message = ByteBuffer.allocate(readFully(Integer.BYTES).getInt(0));
        var fields = Json.parseCanonical(Bytes.copyOf(readFully(message.capacity())))
                .asObject()
                .fields();
        fields.require("parley", "platform/1");
        return fields;
    }

    private ByteBuffer readFully(int size) throws IOException {
        var buffer = ByteBuffer.allocate(size);
        while (buffer.hasRemaining()) {
            if (connection.read(buffer) < 0) {
                throw new EOFException("the platform hung up");
            }
        }
        return buffer.flip();
    }

    /** The probe has said its whole report: it runs, and its door works. */
    static String report(SocketChannel door) throws IOException {
        var text = new StringBuilder();
        var buffer = ByteBuffer.allocate(4096);
        while (text.indexOf("done\n") < 0) {
            if (door.read(buffer.clear()) < 0) {
                throw new EOFException("the probe ended");
            }
            text.append(java.nio.charset.StandardCharsets.UTF_8.decode(buffer.flip()));
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
