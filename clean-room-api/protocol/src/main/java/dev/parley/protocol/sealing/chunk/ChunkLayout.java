package dev.parley.protocol.sealing.chunk;

import dev.parley.protocol.encoding.Malformed;

/** Where the chunks of a ciphertext stand. One length of plaintext has one layout. */
public record ChunkLayout(long plaintextLength) {
    /** Plaintext bytes of every chunk but the last, which has fewer. */
    public static final int CHUNK_SIZE = 16 * 1024;

    public static final int TAG_SIZE = 16;
    public static final int SEALED_CHUNK_SIZE = CHUNK_SIZE + TAG_SIZE;
    /** Salt and commitment. */
    public static final int HEAD_SIZE = 56;

    private static final long MAX_CHUNKS = 1L << 38;

    public ChunkLayout {
        if (plaintextLength < 0 || plaintextLength / CHUNK_SIZE >= MAX_CHUNKS) {
            throw new IllegalArgumentException("a message has at most 2^38 chunks");
        }
    }

    /** The layout of a ciphertext of this length, which the last chunk's tag has yet to prove. */
    public static ChunkLayout ofCiphertext(long length) throws Malformed {
        var body = length - HEAD_SIZE;
        var last = body % SEALED_CHUNK_SIZE;
        if (body < TAG_SIZE || last < TAG_SIZE || body / SEALED_CHUNK_SIZE >= MAX_CHUNKS) {
            throw new Malformed("no ciphertext has this length: it was cut or extended");
        }
        return new ChunkLayout(body / SEALED_CHUNK_SIZE * CHUNK_SIZE + last - TAG_SIZE);
    }

    public long chunks() {
        return plaintextLength / CHUNK_SIZE + 1;
    }

    public long ciphertextLength() {
        return HEAD_SIZE + plaintextLength + chunks() * TAG_SIZE;
    }

    /** From the start of the ciphertext. */
    long position(long chunk) {
        return HEAD_SIZE + chunk * SEALED_CHUNK_SIZE;
    }

    /** With its tag. */
    int sealedSize(long chunk) {
        return chunk == chunks() - 1 ? (int) (plaintextLength % CHUNK_SIZE) + TAG_SIZE : SEALED_CHUNK_SIZE;
    }
}
