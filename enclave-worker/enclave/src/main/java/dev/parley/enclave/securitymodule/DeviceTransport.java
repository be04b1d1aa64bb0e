package dev.parley.enclave.securitymodule;

import dev.parley.enclave.kernel.Kernel;
import dev.parley.enclave.kernel.SystemCall;
import dev.parley.protocol.cbor.Cbor;
import dev.parley.protocol.encoding.Bytes;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/**
 * The module of real Nitro behind its driver ({@code enclave-channel.md} §4): one ioctl carries two buffers, and the
 * driver writes back how much of the second it filled. One user at a time.
 */
public final class DeviceTransport implements SecurityModule.Transport {
    /** {@code _IOWR(0x0A, 0, struct { struct iovec request; struct iovec response; })}. */
    static final long EXCHANGE = 0xC0200A00L;

    private static final int MESSAGE_SIZE = 32;
    private static final int REQUEST_AT = 0;
    private static final int RESPONSE_AT = 16;
    private static final int LENGTH_AFTER = 8;

    private static final long RELATIVE_TO_HERE = -100;
    private static final long READ_AND_WRITE = 2;
    private static final long CLOSE_ON_EXEC = 0x80000;
    private static final int EMSGSIZE = 90;
    private static final int EBADF = 9;

    private static final Bytes INPUT_TOO_LARGE =
            Cbor.map().put("Error", "InputTooLarge").build().encode();

    private final Kernel kernel;
    private final long descriptor;
    private boolean closed;

    private DeviceTransport(Kernel kernel, long descriptor) {
        this.kernel = kernel;
        this.descriptor = descriptor;
    }

    public static DeviceTransport open(Path device, Kernel kernel) throws IOException {
        try (var arena = Arena.ofConfined()) {
            var path = arena.allocateFrom(device.toString());
            var opened =
                    kernel.call(SystemCall.OPENAT, RELATIVE_TO_HERE, path.address(), READ_AND_WRITE | CLOSE_ON_EXEC);
            if (opened.failed()) {
                throw failure("opening", opened.error());
            }
            return new DeviceTransport(kernel, opened.value());
        }
    }

    @Override
    public Bytes exchange(Bytes request) throws IOException {
        if (closed) {
            throw failure("asking", EBADF);
        }
        if (request.size() > SecurityModule.MAX_REQUEST) {
            return INPUT_TOO_LARGE;
        }
        try (var arena = Arena.ofConfined()) {
            var question = arena.allocateFrom(ValueLayout.JAVA_BYTE, request.toArray());
            var answer = arena.allocate(SecurityModule.MAX_RESPONSE);
            var message = arena.allocate(MESSAGE_SIZE, Long.BYTES);
            point(message, REQUEST_AT, question);
            point(message, RESPONSE_AT, answer);
            return ask(message, answer);
        }
    }

    private Bytes ask(MemorySegment message, MemorySegment answer) throws IOException {
        var asked = kernel.call(SystemCall.IOCTL, descriptor, EXCHANGE, message.address());
        while (asked.error() == Kernel.EINTR) {
            asked = kernel.call(SystemCall.IOCTL, descriptor, EXCHANGE, message.address());
        }
        if (asked.error() == EMSGSIZE) {
            return INPUT_TOO_LARGE;
        }
        if (asked.failed()) {
            throw failure("asking", asked.error());
        }
        long filled = message.get(ValueLayout.JAVA_LONG, RESPONSE_AT + LENGTH_AFTER);
        if (filled < 1 || filled > SecurityModule.MAX_RESPONSE) {
            throw new IOException("the security module's device filled more or less than the buffer");
        }
        var response = answer.asSlice(0, filled).toArray(ValueLayout.JAVA_BYTE);
        // It may be random bytes that keys will come from, and what is freed is not zeroed.
        answer.fill((byte) 0);
        return Bytes.takeOwnershipOf(response);
    }

    private static void point(MemorySegment message, int at, MemorySegment buffer) {
        message.set(ValueLayout.ADDRESS, at, buffer);
        message.set(ValueLayout.JAVA_LONG, at + LENGTH_AFTER, buffer.byteSize());
    }

    private static IOException failure(String doing, int error) {
        return new IOException(doing + " the security module's device failed with error " + error);
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        var answer = kernel.call(SystemCall.CLOSE, descriptor);
        if (answer.failed()) {
            throw failure("closing", answer.error());
        }
    }
}
