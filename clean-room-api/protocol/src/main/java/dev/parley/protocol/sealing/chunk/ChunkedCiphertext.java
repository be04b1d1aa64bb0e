package dev.parley.protocol.sealing.chunk;

import dev.parley.protocol.crypto.Sha256Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;
import java.util.function.Function;

/**
 * One ciphertext, opened chunk by chunk in any order. Its parts are trustworthy when they open; the whole is when
 * {@link #digest()} equals one that the owner signed. Safe for several threads, each with its own {@link Reader}.
 */
public final class ChunkedCiphertext implements AutoCloseable {
    private final ChunkSource source;
    private final long start;
    private final ChunkLayout layout;
    private final ChunkKeys keys;
    private final ChunkLeaves leaves;

    private ChunkedCiphertext(ChunkSource source, long start, ChunkLayout layout, ChunkKeys keys) {
        this.source = source;
        this.start = start;
        this.layout = layout;
        this.keys = keys;
        this.leaves = new ChunkLeaves(layout);
    }

    /**
     * Reads the head and checks its commitment before any chunk is touched.
     *
     * @param start where the salt stands in {@code source}
     * @param derivation the keys for a salt; closed with the ciphertext
     * @throws Malformed if the ciphertext was sealed under another key or context, or cannot have this length
     */
    public static ChunkedCiphertext open(
            ChunkSource source, long start, long length, Function<Bytes, ChunkKeys> derivation)
            throws IOException, Malformed {
        var layout = ChunkLayout.ofCiphertext(length);
        var head = ByteBuffer.allocate(ChunkLayout.HEAD_SIZE);
        read(source, start, head);
        var salt = Bytes.copyOf(head.flip().slice(0, ChunkKeys.SALT_SIZE));
        var commitment = Bytes.copyOf(head.slice(ChunkKeys.SALT_SIZE, ChunkKeys.COMMITMENT_SIZE));
        var keys = derivation.apply(salt);
        if (!keys.commitment().equals(commitment)) {
            keys.close();
            throw new Malformed("ciphertext was not sealed under this key and context");
        }
        var ciphertext = new ChunkedCiphertext(source, start, layout, keys);
        ciphertext.leaves.put(0, new LeafHashing().hash(head));
        return ciphertext;
    }

    /** Proven once the last chunk was opened. */
    public ChunkLayout layout() {
        return layout;
    }

    /** For one thread. */
    public Reader reader() {
        return new Reader();
    }

    /** The length of the plaintext, proven by opening the last chunk. */
    public long authenticatedLength() throws IOException, Malformed {
        var last = layout.chunks() - 1;
        reader().read(last, 1, ByteBuffer.allocateDirect(ChunkLayout.CHUNK_SIZE));
        return layout.plaintextLength();
    }

    /** Opens the whole message in order; what was written before a failure is authentic but not complete. */
    public void transferTo(WritableByteChannel target) throws IOException, Malformed {
        var reader = reader();
        var plaintext = ByteBuffer.allocateDirect(ChunkLayout.CHUNK_SIZE);
        for (var chunk = 0L; chunk < layout.chunks(); chunk++) {
            reader.read(chunk, 1, plaintext.clear());
            plaintext.flip();
            while (plaintext.hasRemaining()) {
                target.write(plaintext);
            }
        }
        ChunkSealing.zero(plaintext);
    }

    /** The root over everything that was read, or empty while a chunk was not. */
    public Optional<Sha256Digest> digest() {
        return leaves.root();
    }

    @Override
    public void close() {
        keys.close();
    }

    private static void read(ChunkSource source, long position, ByteBuffer target) throws IOException, Malformed {
        try {
            source.read(position, target);
        } catch (EOFException e) {
            throw new Malformed("ciphertext is shorter than its stated length", e);
        }
        if (target.hasRemaining()) {
            throw new Malformed("ciphertext is shorter than its stated length");
        }
    }

    /** Opens chunks with buffers and a cipher of its own. */
    public final class Reader {
        private static final int BATCH = 64;
        private final ChunkCipher cipher = new ChunkCipher(keys);
        private final LeafHashing hashing = new LeafHashing();
        private final ByteBuffer sealed =
                ByteBuffer.allocateDirect((int) Math.min(BATCH, layout.chunks()) * ChunkLayout.SEALED_CHUNK_SIZE);

        private Reader() {}

        /** Appends the plaintext of {@code count} chunks from {@code first} on to {@code target}. */
        public void read(long first, int count, ByteBuffer target) throws IOException, Malformed {
            if (first < 0 || count < 0 || first + count > layout.chunks()) {
                throw new IllegalArgumentException("no such chunks");
            }
            var end = first + count;
            for (var batch = first; batch < end; batch += BATCH) {
                readBatch(batch, Math.min(end, batch + BATCH), target);
            }
        }

        private void readBatch(long first, long end, ByteBuffer target) throws IOException, Malformed {
            var bytes = layout.position(end - 1) + layout.sealedSize(end - 1) - layout.position(first);
            sealed.clear().limit((int) bytes);
            ChunkedCiphertext.read(source, start + layout.position(first), sealed);
            sealed.flip();
            for (var chunk = first; chunk < end; chunk++) {
                var size = layout.sealedSize(chunk);
                var one = sealed.slice(sealed.position(), size);
                sealed.position(sealed.position() + size);
                leaves.put(chunk + 1, hashing.hash(one));
                cipher.open(chunk, one, target);
            }
        }
    }
}
