package dev.parley.host.platform;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.wire.Frames;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The simulated Nitro in a process of its own, through its control socket ({@code enclave-channel.md}, platform control).
 * The enclave lives as long as the connection: when this process dies, the platform ends it.
 */
public final class SimulatedPlatform implements EnclavePlatform {
    private static final Frames FRAMES = new Frames(1 << 16);
    private static final String KIND = "platform/1";

    private static final Duration BOOT_PATIENCE = Duration.ofSeconds(60);

    private final Path controlSocket;

    public SimulatedPlatform(Path controlSocket) {
        this.controlSocket = controlSocket;
    }

    @Override
    public LaunchedEnclave launch() throws IOException {
        var control = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            control.connect(UnixDomainSocketAddress.of(controlSocket));
            return new Session(control).launch();
        } catch (IOException e) {
            control.close();
            throw e;
        }
    }

    /** One control connection and its enclave. */
    private static final class Session {
        private final SocketChannel control;
        private final DataInputStream in;
        private final OutputStream out;

        Session(SocketChannel control) {
            this.control = control;
            this.in = new DataInputStream(Channels.newInputStream(control));
            this.out = Channels.newOutputStream(control);
        }

        LaunchedEnclave launch() throws IOException {
            try {
                var prepared = ask(
                        Json.object()
                                .put("parley", KIND)
                                .put("request", "launch")
                                .put("debug", false),
                        "prepared");
                var channel = Path.of(prepared.string("channel"));
                try (var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                    listener.bind(UnixDomainSocketAddress.of(channel));
                    var started = ask(Json.object().put("parley", KIND).put("request", "start"), "started");
                    var isolation = started.string("isolation");
                    var role = started.optionalText("role", text -> text);
                    return new SimulatedEnclave(control, accept(listener), isolation, role);
                }
            } catch (Malformed e) {
                throw new IOException("the platform sent another reply than expected", e);
            }
        }

        /** An enclave that dies while it boots never comes: the wait has an end. */
        private static SocketChannel accept(ServerSocketChannel listener) throws IOException {
            try (var selector = Selector.open()) {
                listener.configureBlocking(false);
                listener.register(selector, SelectionKey.OP_ACCEPT);
                if (selector.select(BOOT_PATIENCE.toMillis()) == 0) {
                    throw new IOException("the enclave did not come to its door");
                }
                var door = listener.accept();
                door.configureBlocking(true);
                return door;
            }
        }

        private Fields ask(Json.Builder request, String expected) throws IOException, Malformed {
            FRAMES.write(out, request.build().canonical());
            Bytes frame = FRAMES.read(in).orElseThrow(() -> new EOFException("the platform closed its socket"));
            var reply = Json.parseCanonical(frame).asObject().fields();
            reply.require("parley", KIND);
            var kind = reply.string("reply");
            if (kind.equals("refused")) {
                throw new IOException("the platform refused: " + reply.string("code"));
            }
            if (!kind.equals(expected)) {
                throw new Malformed("another reply");
            }
            return reply;
        }
    }

    private record SimulatedEnclave(SocketChannel control, SocketChannel door, String isolation, Optional<String> role)
            implements LaunchedEnclave {
        @Override
        public void close() throws IOException {
            door.close();
            control.close();
        }
    }
}
