package dev.parley.protocol.sealing.chunk;

import dev.parley.protocol.crypto.Sha256Digest;
import dev.parley.protocol.log.MerkleRoot;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * Seals one message as a stream: salt and commitment at once, each chunk as soon as it is full, the short last one on
 * {@link #finish()}. Not thread-safe.
 */
public final class ChunkSealing {
    private static final int BUFFERED_CHUNKS = 64;

    private final ChunkCipher cipher;
    private final WritableByteChannel target;
    private final LeafHashing hashing = new LeafHashing();
    private final MerkleRoot root = new MerkleRoot();
    private final ByteBuffer partial = ByteBuffer.allocateDirect(ChunkLayout.CHUNK_SIZE);
    private final ByteBuffer sealed = ByteBuffer.allocateDirect(BUFFERED_CHUNKS * ChunkLayout.SEALED_CHUNK_SIZE);

    private long chunk;
    private long plaintextLength;
    private boolean finished;

    public ChunkSealing(ChunkKeys keys, WritableByteChannel target) {
        this.cipher = new ChunkCipher(keys);
        this.target = target;
        var head = ByteBuffer.allocate(ChunkLayout.HEAD_SIZE)
                .put(keys.salt().asBuffer())
                .put(keys.commitment().asBuffer())
                .flip();
        root.add(hashing.hash(head));
        sealed.put(head);
    }

    /** Takes all that remains in {@code plaintext}; direct buffers are quickest. */
    public void write(ByteBuffer plaintext) throws IOException {
        if (finished) {
            throw new IllegalStateException("sealing is finished");
        }
        plaintextLength += plaintext.remaining();
        while (partial.position() + plaintext.remaining() >= ChunkLayout.CHUNK_SIZE) {
            if (partial.position() == 0) {
                seal(take(plaintext, ChunkLayout.CHUNK_SIZE));
            } else {
                partial.put(take(plaintext, partial.remaining()));
                seal(partial.flip());
                partial.clear();
            }
        }
        partial.put(plaintext);
    }

    /** Seals the last chunk, which ends the message. The target stays open. */
    public Sealed finish() throws IOException {
        if (finished) {
            throw new IllegalStateException("sealing is finished");
        }
        finished = true;
        seal(partial.flip());
        flush();
        zero(partial);
        return new Sealed(
                new ChunkLayout(plaintextLength).ciphertextLength(), root.head().root());
    }

    /** What was written: its length and the root over its head and chunks. */
    public record Sealed(long length, Sha256Digest digest) {}

    private void seal(ByteBuffer plaintext) throws IOException {
        if (sealed.remaining() < ChunkLayout.SEALED_CHUNK_SIZE) {
            flush();
        }
        var start = sealed.position();
        cipher.seal(chunk++, plaintext, sealed);
        root.add(hashing.hash(sealed.slice(start, sealed.position() - start)));
    }

    private void flush() throws IOException {
        sealed.flip();
        while (sealed.hasRemaining()) {
            target.write(sealed);
        }
        sealed.clear();
    }

    private static ByteBuffer take(ByteBuffer source, int size) {
        var taken = source.slice(source.position(), size);
        source.position(source.position() + size);
        return taken;
    }

    static void zero(ByteBuffer buffer) {
        buffer.clear();
        while (buffer.hasRemaining()) {
            buffer.put((byte) 0);
        }
    }
}
