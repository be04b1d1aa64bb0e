package dev.parley.protocol.wire;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Length-prefixed messages on a stream: four bytes, big endian, then as many bytes as they say ({@code enclave-channel.md} §1). */
public final class Frames {
    private final int most;

    /** Frames of at most {@code most} bytes; a longer one is refused before it is read. */
    public Frames(int most) {
        this.most = most;
    }

    /**
     * The next frame, or empty where the stream ends between two.
     *
     * @throws EOFException where it ends inside one
     */
    public Optional<Bytes> read(DataInputStream in) throws IOException, Malformed {
        var first = in.read();
        if (first < 0) {
            return Optional.empty();
        }
        var length = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
        if (length < 1 || length > most) {
            throw new Malformed("frame length is not from 1 to " + most);
        }
        var frame = new byte[length];
        in.readFully(frame);
        return Optional.of(Bytes.takeOwnershipOf(frame));
    }

    /** Writes and flushes one frame. Callers serialise. */
    public void write(OutputStream out, Bytes frame) throws IOException {
        if (frame.size() < 1 || frame.size() > most) {
            throw new IllegalArgumentException("frame length is not from 1 to " + most);
        }
        out.write(ByteBuffer.allocate(Integer.BYTES).putInt(frame.size()).array());
        out.write(frame.toArray());
        out.flush();
    }
}
