package dev.parley.protocol.sealing.file;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.sealing.chunk.ChunkLayout;
import dev.parley.protocol.sealing.chunk.ChunkedCiphertext;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads what stands behind the last block: index, zeros, trailer. The trailer's chunk proves the length on the way. */
final class Tail {
    private static final int BATCH = 64 * ChunkLayout.CHUNK_SIZE;
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(ChunkLayout.CHUNK_SIZE);

    private final ChunkedCiphertext ciphertext;
    private final ChunkedCiphertext.Reader reader;
    private final long length;

    Tail(ChunkedCiphertext ciphertext) {
        this.ciphertext = ciphertext;
        this.reader = ciphertext.reader();
        this.length = ciphertext.layout().plaintextLength();
    }

    BlockIndex read() throws IOException, Malformed {
        ciphertext.authenticatedLength();
        if (length < BlockIndex.HEAD_SIZE + BlockIndex.TRAILER_SIZE) {
            throw new Malformed("payload is too short");
        }
        var zerosEnd = length - BlockIndex.TRAILER_SIZE;
        var trailer = BlockIndex.Trailer.parse(range(zerosEnd, length), length);
        var index = BlockIndex.parse(range(trailer.position(), trailer.end()), trailer.position());
        for (var from = trailer.end(); from < zerosEnd; from += BATCH) {
            requireZeros(range(from, Math.min(zerosEnd, from + BATCH)));
        }
        return index;
    }

    /** Plaintext from one position to another, at most a few megabytes. */
    private ByteBuffer range(long from, long to) throws IOException, Malformed {
        var first = from / ChunkLayout.CHUNK_SIZE;
        var count = (int) ((to - 1) / ChunkLayout.CHUNK_SIZE - first + 1);
        var plaintext = ByteBuffer.allocateDirect(count * ChunkLayout.CHUNK_SIZE);
        reader.read(first, count, plaintext);
        return plaintext.slice((int) (from - first * ChunkLayout.CHUNK_SIZE), (int) (to - from));
    }

    static void requireZeros(ByteBuffer bytes) throws Malformed {
        while (bytes.hasRemaining()) {
            var size = Math.min(bytes.remaining(), ZEROS.capacity());
            var part = bytes.slice(bytes.position(), size);
            if (part.mismatch(ZEROS.slice(0, size)) >= 0) {
                throw new Malformed("padding of a payload is not zero");
            }
            bytes.position(bytes.position() + size);
        }
    }
}
