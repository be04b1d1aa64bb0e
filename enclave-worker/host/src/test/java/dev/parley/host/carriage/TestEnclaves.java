package dev.parley.host.carriage;

import dev.parley.host.platform.EnclavePlatform;
import dev.parley.host.platform.LaunchedEnclave;
import dev.parley.protocol.cbor.Cbor;
import dev.parley.protocol.cbor.CborFields;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.wire.Frames;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** A platform whose enclaves do what a test says, at a real door. */
final class TestEnclaves implements EnclavePlatform {
    private final Path folder;
    private final Program program;
    private final AtomicLong launched = new AtomicLong();

    TestEnclaves(Path folder, Program program) {
        this.folder = folder;
        this.program = program;
    }

    /** What an enclave does from its start to its end. */
    @FunctionalInterface
    interface Program {
        void run(Asking host) throws Exception;
    }

    long launched() {
        return launched.get();
    }

    @Override
    public LaunchedEnclave launch() throws IOException {
        var path = folder.resolve("door-" + launched.incrementAndGet() + "-" + System.nanoTime());
        try (var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(path));
            var inside = SocketChannel.open(UnixDomainSocketAddress.of(path));
            var door = listener.accept();
            Thread.ofVirtual().start(() -> run(inside));
            return new Launched(door);
        }
    }

    private void run(SocketChannel inside) {
        try (inside) {
            program.run(new Asking(inside));
        } catch (Exception e) {
            // An enclave dies without a word.
        }
    }

    private record Launched(SocketChannel door) implements LaunchedEnclave {
        @Override
        public String isolation() {
            return "none, a test";
        }

        @Override
        public Optional<String> role() {
            return Optional.of("role/test");
        }

        @Override
        public void close() throws IOException {
            door.close();
        }
    }

    /** The enclave's end of the door. */
    static final class Asking {
        private static final Frames FRAMES = new Frames(8 << 20);

        private final SocketChannel door;
        private final DataInputStream in;
        private long id;

        Asking(SocketChannel door) {
            this.door = door;
            this.in = new DataInputStream(Channels.newInputStream(door));
        }

        CborFields ask(String call, Cbor.Builder question) throws Exception {
            raw(question.put("call", call).put("id", id++).build().encode());
            var answer = Cbor.parse(FRAMES.read(in).orElseThrow(), 4).asDict().fields();
            answer.integer("id", id - 1, id - 1);
            return answer;
        }

        SocketChannel door() {
            return door;
        }

        void raw(Bytes frame) throws IOException {
            FRAMES.write(Channels.newOutputStream(door), frame);
        }

        /** Asks, expects an error, and ends the run with it. */
        void endWithErrorOf(String call, Cbor.Builder question) throws Exception {
            end("failed", ask(call, question).text("error"));
        }

        void end(String outcome, String code) throws Exception {
            ask("end", Cbor.map().put("outcome", outcome).put("code", code));
        }
    }
}
