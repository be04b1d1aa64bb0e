package dev.parley.enclave.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.cbor.Cbor;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.DatasetId;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.wire.Frames;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DoorTest {
    private static final DatasetId DATASET = new DatasetId("customers");
    private static final int SIZE = 64;
    private static final int CORRUPTED = 10_000;

    @TempDir
    private Path folder;

    private ServerSocketChannel listener;

    @BeforeEach
    void listen() throws IOException {
        listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(folder.resolve("host.sock")), 64);
    }

    @AfterEach
    void close() throws IOException {
        listener.close();
    }

    /** Every frame but the bytes of the data themselves, which nothing at this level protects. */
    @Test
    void acceptsNoneOfTenThousandCorruptedFrames() throws Exception {
        var random = new Random(11);
        var honest = framed(answer(0, data()).encode());
        var seen = new HashSet<Bytes>();
        for (var i = 0; i < CORRUPTED; i++) {
            var corrupted = corrupted(honest, random);
            seen.add(Bytes.copyOf(corrupted));
            assertThat(accepts(corrupted))
                    .as("frame %s", Bytes.copyOf(corrupted))
                    .isFalse();
        }

        assertThat(accepts(honest)).isTrue();
        assertThat(seen).hasSizeGreaterThan(CORRUPTED / 4);
    }

    @Test
    void refusesAHugeLengthBeforeMakingRoomForIt() throws Exception {
        var before = Runtime.getRuntime().totalMemory();
        for (var length : List.of(Integer.MAX_VALUE, -1, Integer.MIN_VALUE, 0, (8 << 20) + 1)) {
            assertThat(accepts(ByteBuffer.allocate(4).putInt(length).array())).isFalse();
        }

        assertThat(Runtime.getRuntime().totalMemory() - before).isLessThan(1L << 30);
    }

    @Test
    void anAnswerToNoQuestionEndsTheChannelForAllThatAreOpen() throws Exception {
        assertThat(accepts(framed(answer(7, data()).encode()))).isFalse();
    }

    @Test
    void matchesAnswersThatComeInAnyOrder() throws Exception {
        try (var door = connect(Duration.ofSeconds(10));
                var host = listener.accept();
                var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            var asking = new Host(door);
            List<Callable<Integer>> questions = new ArrayList<>();
            for (var length = 1; length <= 8; length++) {
                var size = length;
                questions.add(() -> asking.read(DATASET, 0, size).size());
            }
            var answering = workers.submit(() -> answerReversed(host, questions.size()));
            List<Integer> sizes = new ArrayList<>();
            for (var answer : workers.invokeAll(questions)) {
                sizes.add(answer.get());
            }
            answering.get();

            assertThat(sizes).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
        }
    }

    @Test
    void sendsNoQuestionThatDoesNotFitAFrame() throws Exception {
        try (var door = connect(Duration.ofSeconds(5));
                var host = listener.accept()) {
            var large = Bytes.takeOwnershipOf(new byte[8 << 20]);
            assertThatThrownBy(() -> new Host(door).prepare(new PartyId("retailer"), large))
                    .isInstanceOfSatisfying(
                            HostError.class, e -> assertThat(e.code()).isEqualTo("MESSAGE_TOO_LARGE"));
            assertThat(host.isOpen()).isTrue();
        }
    }

    @Test
    void takesAFrameInWhateverPiecesItComes() throws Exception {
        for (var piece : List.of(1, 3, 64 << 10)) {
            var data = Bytes.takeOwnershipOf(new byte[piece < 8 ? 5_000 : 4 << 20]);
            try (var door = connect(Duration.ofSeconds(30));
                    var host = listener.accept()) {
                Thread.ofVirtual()
                        .start(() -> answerInPieces(host, framed(answer(0, data).encode()), piece));

                assertThat(new Host(door).read(DATASET, 0, data.size())).isEqualTo(data);
            }
        }
    }

    @Test
    void aHostThatReadsNothingFillsNoMemoryAndHoldsNobodyUp() throws Exception {
        try (var door = connect(Duration.ofMillis(700));
                var host = listener.accept();
                var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            var asking = new Host(door);
            var body = Bytes.takeOwnershipOf(new byte[64 << 10]);
            List<Callable<String>> questions =
                    Collections.nCopies(500, () -> codeOf(() -> asking.prepare(new PartyId("retailer"), body)));
            var started = System.nanoTime();
            var codes = workers.invokeAll(questions);

            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(10));
            for (var code : codes) {
                assertThat(code.get()).isEqualTo("HOST_TIMEOUT");
            }
            assertThat(framesIn(host)).isBetween(2, Door.MAX_OPEN);
        }
    }

    @Test
    void oneQuestionWithoutAnAnswerEndsAllOfThem() throws Exception {
        try (var door = connect(Duration.ofSeconds(2));
                var host = listener.accept();
                var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            var asking = new Host(door);
            workers.execute(() -> codeOf(() -> asking.read(DATASET, 0, 1)));
            Thread.sleep(1_000);
            var started = System.nanoTime();

            assertThat(codeOf(() -> asking.read(DATASET, 0, 1))).isEqualTo("HOST_TIMEOUT");
            assertThat(codeOf(() -> asking.read(DATASET, 0, 1))).isEqualTo("HOST_TIMEOUT");
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofMillis(1_900));
            assertThat(host.isOpen()).isTrue();
        }
    }

    @Test
    void theLastWordReachesAHostThatWasLate() throws Exception {
        try (var door = connect(Duration.ofMillis(300));
                var host = listener.accept()) {
            var asking = new Host(door);
            assertThat(codeOf(() -> asking.read(DATASET, 0, 1))).isEqualTo("HOST_TIMEOUT");

            Thread.ofVirtual().start(() -> answerEach(host, 2));
            asking.end("failed", "HOST_TIMEOUT");
        }
    }

    @Test
    void threeDoorsThatAreHalfOpenEndWithACodeEach() throws Exception {
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<String>> doors = List.of(
                    () -> codeAtADoorWhoseHost(SocketChannel::shutdownOutput),
                    () -> codeAtADoorWhoseHost(SocketChannel::shutdownInput),
                    () -> codeAtADoorWhoseHost(host -> host));
            var codes = workers.invokeAll(doors);

            assertThat(codes.get(0).get()).isEqualTo("CHANNEL_BROKEN");
            assertThat(codes.get(1).get()).isEqualTo("CHANNEL_BROKEN");
            assertThat(codes.get(2).get()).isEqualTo("HOST_TIMEOUT");
        }
    }

    /** The host does one thing to its end of the connection, keeps it, and answers nothing. */
    private String codeAtADoorWhoseHost(HalfOpening opening) throws Exception {
        final Door door;
        final SocketChannel host;
        synchronized (this) {
            door = connect(Duration.ofMillis(500));
            host = listener.accept();
        }
        try (door;
                host) {
            opening.of(host);
            return codeOf(() -> new Host(door).read(DATASET, 0, 1));
        }
    }

    private interface HalfOpening {
        SocketChannel of(SocketChannel host) throws IOException;
    }

    private interface Question {
        Object ask() throws HostError;
    }

    private static String codeOf(Question question) {
        try {
            question.ask();
            return "";
        } catch (HostError e) {
            return e.code();
        }
    }

    private static void answerInPieces(SocketChannel host, byte[] frame, int piece) {
        try {
            new Frames(8 << 20).read(new DataInputStream(Channels.newInputStream(host)));
            for (var at = 0; at < frame.length; at += piece) {
                var next = ByteBuffer.wrap(frame, at, Math.min(piece, frame.length - at));
                while (next.hasRemaining()) {
                    host.write(next);
                }
            }
        } catch (IOException | Malformed e) {
            throw new AssertionError(e);
        }
    }

    private static void answerEach(SocketChannel host, int count) {
        var frames = new Frames(8 << 20);
        var in = new DataInputStream(Channels.newInputStream(host));
        try {
            for (var i = 0; i < count; i++) {
                var question =
                        Cbor.parse(frames.read(in).orElseThrow(), 4).asDict().fields();
                var answer = Cbor.map().put("id", question.integer("id", 0, Long.MAX_VALUE));
                frames.write(Channels.newOutputStream(host), answer.build().encode());
            }
        } catch (IOException | Malformed e) {
            throw new AssertionError(e);
        }
    }

    /** How many frames the enclave's side has for a host that begins to read at last. */
    private static int framesIn(SocketChannel host) throws Exception {
        var count = new AtomicInteger();
        var reader = Thread.ofVirtual().start(() -> {
            var in = new DataInputStream(Channels.newInputStream(host));
            try {
                while (new Frames(8 << 20).read(in).isPresent()) {
                    count.incrementAndGet();
                }
            } catch (IOException | Malformed e) {
                // Closed by the test.
            }
        });
        reader.join(Duration.ofSeconds(2));
        return count.get();
    }

    private boolean accepts(byte[] frame) throws IOException {
        try (var door = connect(Duration.ofSeconds(10));
                var host = listener.accept()) {
            Thread.ofVirtual().start(() -> answerOnce(host, frame));
            return new Host(door).read(DATASET, 0, SIZE).equals(data());
        } catch (HostError e) {
            assertThat(e.code()).isIn("CHANNEL_BROKEN");
            return false;
        }
    }

    private Door connect(Duration patience) throws IOException {
        return Door.connect(folder.resolve("host.sock"), patience);
    }

    /** Waits for the question first: before it, every answer is one to no question. */
    private static void answerOnce(SocketChannel host, byte[] frame) {
        try {
            new Frames(8 << 20).read(new DataInputStream(Channels.newInputStream(host)));
            host.write(ByteBuffer.wrap(frame));
            host.shutdownOutput();
        } catch (IOException | Malformed e) {
            // The enclave has closed its door already.
        }
    }

    private static int answerReversed(SocketChannel host, int count) throws Exception {
        var frames = new Frames(8 << 20);
        var in = new DataInputStream(Channels.newInputStream(host));
        List<Cbor.Dict> asked = new ArrayList<>();
        while (asked.size() < count) {
            asked.add(Cbor.parse(frames.read(in).orElseThrow(), 4).asDict());
        }
        for (var question : asked.reversed()) {
            var fields = question.fields();
            var length = (int) fields.integer("length", 1, SIZE);
            var bytes = Bytes.copyOf(new byte[length]);
            frames.write(
                    Channels.newOutputStream(host),
                    answer(fields.integer("id", 0, Long.MAX_VALUE), bytes).encode());
        }
        return count;
    }

    /** Changed, shortened or lengthened outside the data, whose integrity is the ciphertext's own. */
    private static byte[] corrupted(byte[] honest, Random random) {
        var head = honest.length - SIZE;
        var copy = honest.clone();
        switch (random.nextInt(4)) {
            case 0 -> copy[random.nextInt(head)] ^= (byte) (1 << random.nextInt(8));
            case 1 -> {
                for (var i = 0; i < 3; i++) {
                    var at = random.nextInt(head);
                    copy[at] = (byte) (honest[at] + 1 + random.nextInt(255));
                }
            }
            case 2 -> copy = Arrays.copyOf(honest, random.nextInt(honest.length));
            default -> {
                ByteBuffer.wrap(copy).putInt(random.nextInt());
            }
        }
        return copy;
    }

    private static Bytes data() {
        var bytes = new byte[SIZE];
        Arrays.fill(bytes, (byte) 0x5a);
        return Bytes.takeOwnershipOf(bytes);
    }

    private static Cbor.Dict answer(long id, Bytes data) {
        return Cbor.map().put("id", id).put("data", data).build();
    }

    private static byte[] framed(Bytes frame) {
        return ByteBuffer.allocate(Integer.BYTES + frame.size())
                .putInt(frame.size())
                .put(frame.asBuffer())
                .array();
    }
}
