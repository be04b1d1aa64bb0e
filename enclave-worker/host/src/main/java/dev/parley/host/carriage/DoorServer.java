package dev.parley.host.carriage;

import dev.parley.host.broker.Brokers.BrokerRefusal;
import dev.parley.host.platform.LaunchedEnclave;
import dev.parley.protocol.cbor.Cbor;
import dev.parley.protocol.cbor.CborFields;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.wire.Frames;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.channels.Channels;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** Serves one enclave's door until the enclave closes it. Questions are answered in parallel, answers written one by one. */
final class DoorServer {
    /** Questions that an enclave may have open ({@code enclave-channel.md} §2); while there are as many, none is read. */
    static final int MAX_OPEN = 64;

    /** And their bytes altogether, in KiB: an enclave that asks without end fills its own socket, not this host. */
    private static final int MAX_OPEN_KIB = 64 << 10;

    private static final Frames FRAMES = new Frames(8 << 20);
    private static final int MAX_DEPTH = 4;

    private final LaunchedEnclave enclave;
    private final Carriage carriage;
    private final OutputStream out;
    private final Semaphore questions = new Semaphore(MAX_OPEN);
    private final Semaphore kibibytes = new Semaphore(MAX_OPEN_KIB);

    DoorServer(LaunchedEnclave enclave, Carriage carriage) {
        this.enclave = enclave;
        this.carriage = carriage;
        this.out = new BufferedOutputStream(Channels.newOutputStream(enclave.door()), 64 << 10);
    }

    void serve() throws IOException {
        try (var workers = Executors.newVirtualThreadPerTaskExecutor();
                var in = new DataInputStream(new SequenceInputStream(
                        new ByteArrayInputStream(enclave.ahead().toArray()),
                        Channels.newInputStream(enclave.door())))) {
            try {
                for (var frame = FRAMES.read(in); frame.isPresent(); frame = FRAMES.read(in)) {
                    answerLater(workers, frame.get());
                }
            } finally {
                // Nobody waits for these answers any more, and a broker that sends byte by byte would hold us up.
                workers.shutdownNow();
            }
        } catch (Malformed e) {
            throw new IOException("the enclave sent something that is no question", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the host is being stopped");
        }
    }

    private void answerLater(ExecutorService workers, Bytes frame) throws Malformed, InterruptedException {
        var question = Cbor.parse(frame, MAX_DEPTH).asDict().fields();
        var id = question.integer("id", 0, Long.MAX_VALUE);
        var call = question.text("call");
        var size = (frame.size() >> 10) + 1;
        questions.acquire();
        kibibytes.acquire(size);
        workers.execute(() -> {
            try {
                answer(id, call, question);
            } finally {
                kibibytes.release(size);
                questions.release();
            }
        });
    }

    private void answer(long id, String call, CborFields question) {
        Cbor.Builder answer;
        try {
            answer = carriage.answer(call, question);
        } catch (BrokerRefusal e) {
            answer = Cbor.map().put("error", e.code());
        } catch (IOException e) {
            answer = Cbor.map().put("error", CarriageCode.OPERATOR_UNREACHABLE.name());
        } catch (Malformed e) {
            answer = Cbor.map().put("error", CarriageCode.MALFORMED_QUESTION.name());
        } catch (RuntimeException e) {
            // Such as an address that no client takes: without an answer the enclave would wait in vain.
            answer = Cbor.map().put("error", CarriageCode.HOST_FAILED.name());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        send(answer.put("id", id).build());
    }

    private synchronized void send(Cbor.Dict answer) {
        try {
            FRAMES.write(out, answer.encode());
        } catch (IOException e) {
            // The enclave is gone; reading from its door will tell.
        }
    }
}
