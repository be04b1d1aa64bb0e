package dev.parley.simulator.hypervisor;

import dev.parley.protocol.encoding.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Messages over the control socket: each its length in four bytes, then canonical JSON. Writing is thread-safe. */
final class ControlFrames {
    private static final int MAX_SIZE = 1 << 16;

    private final SocketChannel connection;
    private final ReentrantLock writing = new ReentrantLock();

    ControlFrames(SocketChannel connection) {
        this.connection = connection;
    }

    /** The next message, or nothing where the host has gone or sent something that is no message. */
    Optional<Bytes> read() throws IOException {
        var length = ByteBuffer.allocate(Integer.BYTES);
        if (!readFully(connection, length)) {
            return Optional.empty();
        }
        int size = length.getInt(0);
        if (size < 1 || size > MAX_SIZE) {
            return Optional.empty();
        }
        var message = ByteBuffer.allocate(size);
        return readFully(connection, message) ? Optional.of(Bytes.takeOwnershipOf(message.array())) : Optional.empty();
    }

    void write(ControlReply reply) throws IOException {
        var message = reply.canonical();
        var frame = ByteBuffer.allocate(Integer.BYTES + message.size());
        frame.putInt(message.size()).put(message.asBuffer()).flip();
        writing.lock();
        try {
            while (frame.hasRemaining()) {
                connection.write(frame);
            }
        } finally {
            writing.unlock();
        }
    }

    private static boolean readFully(ReadableByteChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                return false;
            }
        }
        return true;
    }
}
