package dev.parley.host.platform;

import dev.parley.protocol.cbor.Cbor;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;

/** An enclave that has prepared itself and waits: it has asked for a run, and nobody has answered. */
final class IdleEnclave implements LaunchedEnclave {
    /** The question for a run has two short members. */
    private static final int MAX_QUESTION = 1 << 10;

    private final LaunchedEnclave booted;
    private final Bytes question;

    private IdleEnclave(LaunchedEnclave booted, Bytes question) {
        this.booted = booted;
        this.question = question;
    }

    /** Waits until the enclave asks; one that does not in time is ended. */
    static IdleEnclave whenReady(LaunchedEnclave booted, Duration patience) throws IOException {
        try {
            return new IdleEnclave(booted, question(booted.door(), patience));
        } catch (IOException e) {
            booted.close();
            throw e;
        }
    }

    private static Bytes question(SocketChannel door, Duration patience) throws IOException {
        var deadline = System.nanoTime() + patience.toNanos();
        var frame = ByteBuffer.allocate(Integer.BYTES + MAX_QUESTION).limit(Integer.BYTES);
        door.configureBlocking(false);
        try (var selector = Selector.open()) {
            door.register(selector, SelectionKey.OP_READ);
            fill(door, frame, selector, deadline);
            var length = frame.getInt(0);
            if (length < 1 || length > MAX_QUESTION) {
                throw new IOException("the enclave asked something else than for a run");
            }
            fill(door, frame.limit(Integer.BYTES + length), selector, deadline);
        }
        door.configureBlocking(true);
        requireStart(Bytes.copyOf(frame.flip().slice(Integer.BYTES, frame.limit() - Integer.BYTES)));
        return Bytes.copyOf(frame);
    }

    private static void requireStart(Bytes question) throws IOException {
        try {
            if (Cbor.parse(question, 1).asDict().fields().text("call").equals("start")) {
                return;
            }
        } catch (Malformed e) {
            throw new IOException("the enclave asked nothing", e);
        }
        throw new IOException("the enclave asked something else than for a run");
    }

    private static void fill(SocketChannel door, ByteBuffer frame, Selector selector, long deadline)
            throws IOException {
        while (frame.hasRemaining()) {
            var left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            if (left < 1 || selector.select(left) == 0) {
                throw new IOException("the enclave did not ask for a run in time");
            }
            selector.selectedKeys().clear();
            if (door.read(frame) < 0) {
                throw new EOFException("the enclave closed its door");
            }
        }
    }

    /** Whether it still waits: its door is open, and it has said nothing more. */
    boolean waits() {
        try {
            var door = booted.door();
            door.configureBlocking(false);
            var more = door.read(ByteBuffer.allocate(1));
            door.configureBlocking(true);
            return more == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public SocketChannel door() {
        return booted.door();
    }

    @Override
    public Bytes ahead() {
        return question;
    }

    @Override
    public String isolation() {
        return booted.isolation();
    }

    @Override
    public Optional<String> role() {
        return booted.role();
    }

    @Override
    public void close() throws IOException {
        booted.close();
    }
}
