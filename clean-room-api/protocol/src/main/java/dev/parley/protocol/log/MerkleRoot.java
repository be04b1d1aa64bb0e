package dev.parley.protocol.log;

import dev.parley.protocol.crypto.Sha256Digest;
import dev.parley.protocol.encoding.Bytes;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The root of a Merkle tree (RFC 6962 §2.1) whose leaf hashes come in order; keeps one hash per level, whatever the size.
 * Not thread-safe.
 */
public final class MerkleRoot {
    private final MessageDigest sha256 = TreeHashing.sha256();
    /** Roots of complete subtrees, largest at the bottom; their sizes are the bits of {@link #size}. */
    private final Deque<byte[]> subtrees = new ArrayDeque<>();

    private long size;

    /** Takes one leaf hash, which must not be written to afterwards. */
    public void add(byte[] leafHash) {
        if (leafHash.length != Sha256Digest.SIZE) {
            throw new IllegalArgumentException("a leaf hash has 32 bytes");
        }
        var hash = leafHash;
        for (var bits = size; (bits & 1) == 1; bits >>= 1) {
            hash = TreeHashing.node(sha256, subtrees.pop(), hash);
        }
        subtrees.push(hash);
        size++;
    }

    public TreeHead head() {
        var rest = subtrees.iterator();
        var hash = rest.hasNext() ? rest.next() : sha256.digest();
        while (rest.hasNext()) {
            hash = TreeHashing.node(sha256, rest.next(), hash);
        }
        return new TreeHead(size, new Sha256Digest(Bytes.copyOf(hash)));
    }
}
