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
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/** Asks questions and matches answers, which may come in any order. Safe for use by several threads. */
public final class Door implements AutoCloseable {
    /** As many as the engine may have threads: they never wait to ask, and what is open has a bound. */
    static final int MAX_OPEN = 64;

    /** With the longest wait for another answer it stays below half a minute: no host holds an enclave up for longer. */
    private static final Duration PARTING = Duration.ofSeconds(4);

    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");
    private static final int MAX_FRAME = 8 << 20;
    private static final Frames FRAMES = new Frames(MAX_FRAME);
    private static final int MAX_DEPTH = 4;

    private final SocketChannel socket;
    private final OutputStream out;
    private final Duration patience;
    /**
     * A host that reads nothing blocks this thread and no other: whoever asks waits no longer than its patience. What
     * queues here is never more than the questions that are open.
     */
    private final ExecutorService writer = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("questions").factory());

    private final Map<Long, CompletableFuture<CborFields>> open = new ConcurrentHashMap<>();
    private final Semaphore turns = new Semaphore(MAX_OPEN);
    private final AtomicLong nextId = new AtomicLong();
    private volatile boolean overdue;
    private volatile boolean broken;

    private Door(SocketChannel socket, Duration patience) {
        this.socket = socket;
        this.out = new BufferedOutputStream(Channels.newOutputStream(socket), 64 << 10);
        this.patience = patience;
    }

    /** Connects to the host's socket. {@code patience} bounds the wait for each answer, but for that to {@link #await}. */
    public static Door connect(Path path, Duration patience) throws IOException {
        var socket = SocketChannel.open(StandardProtocolFamily.UNIX);
        socket.connect(UnixDomainSocketAddress.of(path));
        var door = new Door(socket, patience);
        Thread.ofPlatform().daemon().name("door").start(door::readAnswers);
        return door;
    }

    /** Asks one question and waits for its answer; the caller reads every member of it. */
    CborFields ask(String call, Cbor.Builder question) throws HostError {
        try {
            if (!turns.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new TimeoutException();
            }
            requireInTime();
            var answer = send(call, question);
            // Once more: whoever found the host late has ended all that was open, which this one may not have been.
            requireInTime();
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            overdue = true;
            end(ChannelCode.HOST_TIMEOUT);
            throw new HostError(ChannelCode.HOST_TIMEOUT, e);
        } catch (ExecutionException e) {
            throw unanswered(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Asks what the host may take any time to answer: for a run, by an enclave that holds nothing yet. */
    CborFields await(String call, Cbor.Builder question) throws HostError {
        try {
            turns.acquire();
            return send(call, question).get();
        } catch (ExecutionException e) {
            throw unanswered(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Says the last word, even to a host that let a question go unanswered; this answer is not waited for for long. */
    void part(String call, Cbor.Builder question) throws HostError {
        try {
            var patient = patience.compareTo(PARTING) < 0 ? patience : PARTING;
            send(call, question).get(patient.toMillis(), TimeUnit.MILLISECONDS).end();
        } catch (TimeoutException e) {
            throw new HostError(ChannelCode.HOST_TIMEOUT, e);
        } catch (ExecutionException e) {
            throw unanswered(e);
        } catch (Malformed e) {
            throw new HostError(ChannelCode.CHANNEL_BROKEN, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private void requireInTime() throws HostError {
        if (overdue) {
            throw new HostError(ChannelCode.HOST_TIMEOUT);
        }
    }

    private static HostError unanswered(ExecutionException e) {
        return e.getCause() instanceof HostError error ? error : new HostError(ChannelCode.CHANNEL_BROKEN, e);
    }

    private static HostError interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new HostError(ChannelCode.CHANNEL_BROKEN, e);
    }

    private CompletableFuture<CborFields> send(String call, Cbor.Builder question) throws HostError {
        var id = nextId.getAndIncrement();
        var frame = question.put("call", call).put("id", id).build().encode();
        if (frame.size() > MAX_FRAME) {
            turns.release();
            throw new HostError(ChannelCode.MESSAGE_TOO_LARGE);
        }
        var answer = new CompletableFuture<CborFields>();
        open.put(id, answer);
        // Looked at after that: whoever breaks the channel completes all that is open, so none is left in between.
        if (broken) {
            throw new HostError(ChannelCode.CHANNEL_BROKEN);
        }
        writer.execute(() -> write(frame));
        return answer;
    }

    private void write(Bytes question) {
        try {
            FRAMES.write(out, question);
        } catch (IOException e) {
            breakOff();
        }
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
        end(ChannelCode.CHANNEL_BROKEN);
    }

    /** Every open question ends alike, as every later one does: many waits in a row would be a run without end. */
    private void end(ChannelCode code) {
        open.values().forEach(question -> question.completeExceptionally(new HostError(code)));
        turns.release(MAX_OPEN);
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
            close(id);
            question.complete(answer);
            return;
        }
        var code = answer.text("error");
        answer.end();
        if (!CODE.matcher(code).matches()) {
            throw new Malformed("not an error code");
        }
        close(id);
        question.completeExceptionally(new HostError(code));
    }

    private void close(long id) {
        open.remove(id);
        turns.release();
    }

    @Override
    public void close() throws IOException {
        writer.shutdownNow();
        socket.close();
    }
}
