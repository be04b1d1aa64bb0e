package dev.parley.protocol.sealing.chunk;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Where the bytes of a sealed file come from. Not trusted for anything. Safe for several threads at once. */
public interface ChunkSource {
    long length() throws IOException;

    /**
     * Fills {@code target} with the bytes from {@code position} on.
     *
     * @throws EOFException if there are not as many
     */
    void read(long position, ByteBuffer target) throws IOException;

    static ChunkSource of(FileChannel file) {
        return new ChunkSource() {
            @Override
            public long length() throws IOException {
                return file.size();
            }

            @Override
            public void read(long position, ByteBuffer target) throws IOException {
                var from = position;
                while (target.hasRemaining()) {
                    var read = file.read(target, from);
                    if (read < 0) {
                        throw new EOFException("sealed file is too short");
                    }
                    from += read;
                }
            }
        };
    }
}
