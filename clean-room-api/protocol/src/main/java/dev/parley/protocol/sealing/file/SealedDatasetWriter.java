package dev.parley.protocol.sealing.file;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.sealing.CiphertextDigest;
import dev.parley.protocol.sealing.DatasetKey;
import dev.parley.protocol.sealing.Schema;
import dev.parley.protocol.sealing.SealedCiphertext;
import dev.parley.protocol.sealing.SealedVersion;
import dev.parley.protocol.sealing.chunk.ChunkKeys;
import dev.parley.protocol.sealing.chunk.ChunkLayout;
import dev.parley.protocol.sealing.chunk.ChunkSealing;
import dev.parley.protocol.sealing.column.BlockBuilder;
import dev.parley.protocol.sealing.column.Row;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * Seals rows into the file of a sealed dataset:
 *
 * <pre>{@code
 * writer.row().identity(0, digest, 0).number(1, 1230);
 * writer.endRow();
 * ...
 * var ciphertext = writer.finish();
 * }</pre>
 *
 * The target stays open. A file that was not finished does not open. Not thread-safe.
 */
public final class SealedDatasetWriter implements AutoCloseable {
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(ChunkLayout.CHUNK_SIZE);

    private final ChunkKeys keys;
    private final ChunkSealing sealing;
    private final BlockBuilder builder;
    private final List<BlockIndex.Entry> blocks = new ArrayList<>();
    private long nextChunk;

    private SealedDatasetWriter(WritableByteChannel target, ChunkKeys keys, Schema schema) {
        this.keys = keys;
        this.sealing = new ChunkSealing(keys, target);
        this.builder = new BlockBuilder(schema);
    }

    /**
     * Starts a file.
     *
     * @param key stays the caller's
     * @param random gives the salt, which must never be used twice with one key
     */
    public static SealedDatasetWriter create(
            WritableByteChannel target, SealedVersion sealed, Schema schema, DatasetKey key, SecureRandom random)
            throws IOException {
        var salt = new byte[ChunkKeys.SALT_SIZE];
        random.nextBytes(salt);
        var context = sealed.context(schema.digest());
        var keys = key.useSecret(secret -> ChunkKeys.derive(secret, Bytes.takeOwnershipOf(salt), context));
        var start = FileStart.of(sealed, schema).asBuffer();
        while (start.hasRemaining()) {
            target.write(start);
        }
        return new SealedDatasetWriter(target, keys, schema);
    }

    /** The row being written. */
    public Row row() {
        return builder;
    }

    /** Ends the row; what was not set in it is null. */
    public void endRow() throws IOException {
        builder.endRow();
        if (builder.isFull()) {
            writeBlock();
        }
    }

    /** Writes index, padding and the last chunk, and gives what a manifest says of the ciphertext. */
    public SealedCiphertext finish() throws IOException {
        if (builder.rows() > 0) {
            writeBlock();
        }
        var index = new BlockIndex(blocks).bytes();
        var trailer = new BlockIndex.Trailer(nextChunk * ChunkLayout.CHUNK_SIZE, index.remaining());
        sealing.write(index);
        var unpadded = trailer.end() + BlockIndex.TRAILER_SIZE;
        writeZeros(Padme.padded(unpadded) - unpadded);
        sealing.write(trailer.bytes());
        var sealed = sealing.finish();
        return new SealedCiphertext(
                sealed.length(), new CiphertextDigest(sealed.digest()), keys.salt(), keys.commitment());
    }

    private void writeBlock() throws IOException {
        var rows = builder.rows();
        var block = builder.encode();
        var entry = new BlockIndex.Entry(nextChunk, block.remaining(), rows);
        if (blocks.size() == BlockIndex.MAX_BLOCKS) {
            throw new IllegalStateException("a dataset has at most " + BlockIndex.MAX_BLOCKS + " blocks");
        }
        blocks.add(entry);
        nextChunk += entry.chunks();
        sealing.write(block);
        writeZeros((long) entry.chunks() * ChunkLayout.CHUNK_SIZE - entry.length());
    }

    private void writeZeros(long count) throws IOException {
        for (var left = count; left > 0; left -= ChunkLayout.CHUNK_SIZE) {
            sealing.write(ZEROS.slice(0, (int) Math.min(left, ChunkLayout.CHUNK_SIZE)));
        }
    }

    /** Zeroes the keys. */
    @Override
    public void close() {
        keys.close();
    }
}
