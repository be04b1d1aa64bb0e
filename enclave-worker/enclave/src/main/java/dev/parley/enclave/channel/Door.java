package dev.parley.enclave.channel;

import dev.parley.protocol.cbor.Cbor;
import dev.parley.protocol.cbor.CborFields;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.wire.Frames;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/** Asks questions and matches answers, which may come in any order. Safe for use by several threads. */
public final class Door implements AutoCloseable {
    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");
    private static final int MAX_FRAME = 8 << 20;
    private static final Frames FRAMES = new Frames(MAX_FRAME);
    private static final int MAX_DEPTH = 4;

    private final SocketChannel socket;
    private final OutputStream out;
    private final Duration patience;
    /** A host that reads nothing blocks this thread and no other: whoever asks waits no longer than its patience. */
    private final ExecutorService writer = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("questions").factory());

    private final Map<Long, CompletableFuture<CborFields>> open = new ConcurrentHashMap<>();
    private final AtomicLong nextId = new AtomicLong();
    private volatile boolean broken;

    private Door(SocketChannel socket, Duration patience) {
        this.socket = socket;
        this.out = new BufferedOutputStream(Channels.newOutputStream(socket), 64 << 10);
        this.patience = patience;
    }

    /** Connects to the host's socket. {@code patience} bounds every wait for an answer. */
    public static Door connect(Path path, Duration patience) throws IOException {
        var socket = SocketChannel.open(StandardProtocolFamily.UNIX);
        socket.connect(UnixDomainSocketAddress.of(path));
        var door = new Door(socket, patience);
        Thread.ofPlatform().daemon().name("door").start(door::readAnswers);
        return door;
    }

    /** Asks one question and waits for its answer; the caller reads every member of it. */
    CborFields ask(String call, Cbor.Builder question) throws HostError {
        var id = nextId.getAndIncrement();
        var answer = new CompletableFuture<CborFields>();
        open.put(id, answer);
        if (broken) {
            throw new HostError(ChannelCode.CHANNEL_BROKEN);
        }
        try {
            send(question.put("call", call).put("id", id).build().encode());
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new HostError(ChannelCode.HOST_TIMEOUT, e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof HostError error ? error : new HostError(ChannelCode.CHANNEL_BROKEN, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HostError(ChannelCode.CHANNEL_BROKEN, e);
        }
    }

    private void send(Bytes question) throws HostError {
        if (question.size() > MAX_FRAME) {
            throw new HostError(ChannelCode.MESSAGE_TOO_LARGE);
        }
        writer.execute(() -> {
            try {
                FRAMES.write(out, question);
            } catch (IOException e) {
                breakOff();
            }
        });
    }

    private void readAnswers() {
        try (var in = new DataInputStream(Channels.newInputStream(socket))) {
            for (var frame = FRAMES.read(in); frame.isPresent(); frame = FRAMES.read(in)) {
                settle(Cbor.parse(frame.get(), MAX_DEPTH).asDict().fields());
            }
        } catch (IOException | Malformed e) {
            // What went wrong is the host's doing and of no use to anyone: every open question ends alike.
        } finally {
            breakOff();
        }
    }

    private void breakOff() {
        broken = true;
        open.values().forEach(question -> question.completeExceptionally(new HostError(ChannelCode.CHANNEL_BROKEN)));
    }

    /** An answer to no question ends the channel: a host that is off by one must not be guessed along with. */
    private void settle(CborFields answer) throws Malformed {
        var id = answer.integer("id", 0, Long.MAX_VALUE);
        // It stays open until its answer is known to be one: otherwise a malformed answer would leave it waiting.
        var question = open.get(id);
        if (question == null) {
            throw new Malformed("an answer to no question");
        }
        if (!answer.has("error")) {
            open.remove(id);
            question.complete(answer);
            return;
        }
        var code = answer.text("error");
        answer.end();
        if (!CODE.matcher(code).matches()) {
            throw new Malformed("not an error code");
        }
        open.remove(id);
        question.completeExceptionally(new HostError(code));
    }

    @Override
    public void close() throws IOException {
        writer.shutdownNow();
        socket.close();
    }
}
