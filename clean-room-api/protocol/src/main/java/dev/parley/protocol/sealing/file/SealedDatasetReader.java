package dev.parley.protocol.sealing.file;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.sealing.DatasetKey;
import dev.parley.protocol.sealing.DatasetManifest;
import dev.parley.protocol.sealing.Schema;
import dev.parley.protocol.sealing.chunk.ChunkKeys;
import dev.parley.protocol.sealing.chunk.ChunkLayout;
import dev.parley.protocol.sealing.chunk.ChunkSource;
import dev.parley.protocol.sealing.chunk.ChunkedCiphertext;
import dev.parley.protocol.sealing.column.Block;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Opens a sealed dataset block by block, in any order and by several threads, each with its own {@link BlockOpener}.
 * <b>Nothing computed from the blocks may be released before {@link #verify()} has returned</b>: until then the bytes are
 * the owner's, but perhaps of another ciphertext than the one that the manifest names.
 */
public final class SealedDatasetReader implements AutoCloseable {
    private final DatasetManifest manifest;
    private final ChunkedCiphertext ciphertext;
    private final BlockIndex index;
    private final AtomicIntegerArray opened;

    private SealedDatasetReader(DatasetManifest manifest, ChunkedCiphertext ciphertext, BlockIndex index) {
        this.manifest = manifest;
        this.ciphertext = ciphertext;
        this.index = index;
        this.opened = new AtomicIntegerArray(index.entries().size());
    }

    /**
     * Opens everything but the blocks.
     *
     * @param manifest verified, and of the version that is meant
     * @param key stays the caller's
     * @throws Malformed if the file, the key and the manifest do not belong together, or the file is damaged
     */
    public static SealedDatasetReader open(ChunkSource source, DatasetManifest manifest, DatasetKey key)
            throws IOException, Malformed {
        return open(source, FileStart.of(manifest.sealed(), manifest.schema()), manifest, key);
    }

    /**
     * As {@link #open}, from the ciphertext alone: what is uploaded has no header, since the manifest implies it.
     *
     * @throws Malformed as there
     */
    public static SealedDatasetReader openCiphertext(ChunkSource ciphertext, DatasetManifest manifest, DatasetKey key)
            throws IOException, Malformed {
        return open(ciphertext, Bytes.empty(), manifest, key);
    }

    private static SealedDatasetReader open(ChunkSource source, Bytes start, DatasetManifest manifest, DatasetKey key)
            throws IOException, Malformed {
        checkStart(source, start, manifest);
        var context = manifest.sealed().context(manifest.schema().digest());
        var ciphertext = ChunkedCiphertext.open(
                source,
                start.size(),
                manifest.ciphertext().length(),
                salt -> key.useSecret(secret -> ChunkKeys.derive(secret, salt, context)));
        try {
            return new SealedDatasetReader(manifest, ciphertext, new Tail(ciphertext).read());
        } catch (IOException | Malformed | RuntimeException e) {
            ciphertext.close();
            throw e;
        }
    }

    /** The manifest implies length, header, salt and commitment; a file that differs is another one. */
    private static void checkStart(ChunkSource source, Bytes start, DatasetManifest manifest)
            throws IOException, Malformed {
        var stated = manifest.ciphertext();
        if (source.length() != start.size() + stated.length()) {
            throw new Malformed("sealed file has another length than its manifest says");
        }
        var found = ByteBuffer.allocate(start.size() + ChunkLayout.HEAD_SIZE);
        try {
            source.read(0, found);
        } catch (EOFException e) {
            throw new Malformed("sealed file ends too early", e);
        }
        var expected = ByteBuffer.allocate(found.capacity())
                .put(start.asBuffer())
                .put(stated.salt().asBuffer())
                .put(stated.commitment().asBuffer());
        if (!Bytes.copyOf(found.flip()).equals(Bytes.copyOf(expected.flip()))) {
            throw new Malformed("sealed file is not the one that its manifest names");
        }
    }

    public Schema schema() {
        return manifest.schema();
    }

    public long rows() {
        return index.rows();
    }

    public int blocks() {
        return index.entries().size();
    }

    public int rows(int block) {
        return index.entries().get(block).rows();
    }

    /** For one thread. */
    public BlockOpener opener() {
        return new BlockOpener();
    }

    /**
     * Compares the whole ciphertext with the manifest, after reading the blocks that nobody has read. To be called when
     * no thread reads any more.
     *
     * @throws Malformed if a single byte is not the one that the owner signed
     */
    public void verify() throws IOException, Malformed {
        var opener = opener();
        for (var block = 0; block < blocks(); block++) {
            if (opened.get(block) == 0) {
                opener.open(block);
            }
        }
        var digest = ciphertext.digest();
        if (digest.isEmpty()
                || !digest.get().equals(manifest.ciphertext().digest().digest())) {
            throw new Malformed("ciphertext is not the one that its manifest names");
        }
    }

    /** Zeroes the keys. */
    @Override
    public void close() {
        ciphertext.close();
    }

    /** Opens blocks into a buffer of its own. */
    public final class BlockOpener {
        private final ChunkedCiphertext.Reader reader = ciphertext.reader();
        private ByteBuffer plaintext = ByteBuffer.allocateDirect(0);

        private BlockOpener() {}

        /** A block, which stays valid until the next one is opened. */
        public Block open(int number) throws IOException, Malformed {
            var entry = index.entries().get(number);
            var size = entry.chunks() * ChunkLayout.CHUNK_SIZE;
            if (plaintext.capacity() < size) {
                plaintext = ByteBuffer.allocateDirect(size);
            }
            reader.read(entry.chunk(), entry.chunks(), plaintext.clear());
            opened.set(number, 1);
            Tail.requireZeros(plaintext.slice(entry.length(), size - entry.length()));
            var block = Block.parse(plaintext.slice(0, entry.length()), schema());
            if (block.rows() != entry.rows()) {
                throw new Malformed("a block has another number of rows than the index says");
            }
            return block;
        }
    }
}
