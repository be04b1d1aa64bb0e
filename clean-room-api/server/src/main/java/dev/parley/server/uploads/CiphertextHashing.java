package dev.parley.server.uploads;

import dev.parley.protocol.crypto.Sha256Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.log.MerkleRoot;
import dev.parley.protocol.sealing.CiphertextDigest;
import dev.parley.protocol.sealing.chunk.ChunkLayout;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The digest of a ciphertext without its key, as in {@code docs/spec/sealed-dataset.md} §4: the Merkle root over its head
 * and its chunks, read in batches of a megabyte.
 */
final class CiphertextHashing {
    private static final int BATCH = 64 * ChunkLayout.SEALED_CHUNK_SIZE;

    private final MessageDigest sha256;
    private final MerkleRoot root = new MerkleRoot();

    private CiphertextHashing() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }

    static CiphertextDigest of(FileChannel file) throws IOException {
        var hashing = new CiphertextHashing();
        hashing.addAll(file);
        return new CiphertextDigest(
                new Sha256Digest(Bytes.copyOf(hashing.root.head().root().bytes().asBuffer())));
    }

    private void addAll(FileChannel file) throws IOException {
        var batch = ByteBuffer.allocateDirect(BATCH);
        var length = file.size();
        addLeaf(read(file, 0, Math.min(ChunkLayout.HEAD_SIZE, length), batch));
        for (long position = ChunkLayout.HEAD_SIZE; position < length; position += BATCH) {
            var chunks = read(file, position, Math.min(BATCH, length - position), batch);
            while (chunks.hasRemaining()) {
                var size = Math.min(ChunkLayout.SEALED_CHUNK_SIZE, chunks.remaining());
                addLeaf(chunks.slice(chunks.position(), size));
                chunks.position(chunks.position() + size);
            }
        }
    }

    private void addLeaf(ByteBuffer leaf) {
        sha256.update((byte) 0);
        sha256.update(leaf);
        root.add(sha256.digest());
    }

    private static ByteBuffer read(FileChannel file, long position, long size, ByteBuffer batch) throws IOException {
        batch.clear().limit((int) size);
        while (batch.hasRemaining()) {
            if (file.read(batch, position + batch.position()) < 0) {
                throw new EOFException("the upload shrank while it was read");
            }
        }
        return batch.flip();
    }
}
