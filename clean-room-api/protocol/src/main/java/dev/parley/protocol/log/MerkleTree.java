package dev.parley.protocol.log;

import dev.parley.protocol.crypto.Sha256Digest;
import dev.parley.protocol.encoding.Bytes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * A Merkle tree as in RFC 6962 §2.1 with its proofs. Keeps the root of every complete subtree, so a proof costs a few
 * hashes at any size. Appending is not thread-safe.
 */
public final class MerkleTree {
    /** By level: {@code complete.get(k).get(i)} is the root of leaves i·2^k to (i+1)·2^k - 1. */
    private final List<List<byte[]>> complete = new ArrayList<>();

    private final MessageDigest sha256 = TreeHashing.sha256();

    public MerkleTree() {
        complete.add(new ArrayList<>());
    }

    /** The hash of one entry as a leaf. */
    public static Sha256Digest leafHash(Bytes entry) {
        var digest = TreeHashing.sha256();
        digest.update(TreeHashing.LEAF);
        digest.update(entry.asBuffer());
        return new Sha256Digest(Bytes.takeOwnershipOf(digest.digest()));
    }

    public void append(Sha256Digest leafHash) {
        var hash = leafHash.bytes().toArray();
        for (var level = 0; ; level++) {
            if (level == complete.size()) {
                complete.add(new ArrayList<>());
            }
            var nodes = complete.get(level);
            nodes.add(hash);
            if ((nodes.size() & 1) == 1) {
                return;
            }
            hash = TreeHashing.node(sha256, nodes.get(nodes.size() - 2), hash);
        }
    }

    public long size() {
        return complete.getFirst().size();
    }

    public TreeHead head() {
        return head(size());
    }

    /** The head when the tree had {@code size} leaves. */
    public TreeHead head(long size) {
        checkSize(size);
        return new TreeHead(size, digest(size == 0 ? sha256.digest() : subtree(0, size)));
    }

    /** The audit path of leaf {@code index} in the tree of {@code size} leaves, from the leaf up (RFC 6962 §2.1.1). */
    public List<Sha256Digest> inclusionProof(long index, long size) {
        checkSize(size);
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("no such leaf in a tree of this size");
        }
        List<Sha256Digest> path = new ArrayList<>();
        collectPath(index, 0, size, path);
        return List.copyOf(path);
    }

    /** The proof that the tree of {@code from} leaves is the start of that of {@code to} (RFC 6962 §2.1.2). */
    public List<Sha256Digest> consistencyProof(long from, long to) {
        checkSize(to);
        if (from < 1 || from > to) {
            throw new IllegalArgumentException("a consistency proof leads from a tree to one no smaller");
        }
        List<Sha256Digest> proof = new ArrayList<>();
        collectConsistency(from, 0, to, proof);
        return List.copyOf(proof);
    }

    private void collectPath(long index, long start, long size, List<Sha256Digest> path) {
        if (size == 1) {
            return;
        }
        var left = split(size);
        if (index - start < left) {
            collectPath(index, start, left, path);
            path.add(digest(subtree(start + left, size - left)));
        } else {
            collectPath(index, start + left, size - left, path);
            path.add(digest(subtree(start, left)));
        }
    }

    /** {@code from} counts leaves of this subtree; the subtree that starts at leaf 0 is known to the verifier. */
    private void collectConsistency(long from, long start, long size, List<Sha256Digest> proof) {
        if (from == size) {
            if (start != 0) {
                proof.add(digest(subtree(start, size)));
            }
            return;
        }
        var left = split(size);
        if (from <= left) {
            collectConsistency(from, start, left, proof);
            proof.add(digest(subtree(start + left, size - left)));
        } else {
            collectConsistency(from - left, start + left, size - left, proof);
            proof.add(digest(subtree(start, left)));
        }
    }

    private byte[] subtree(long start, long size) {
        var left = split(size);
        if (size == 1 || left * 2 == size) {
            var level = Long.numberOfTrailingZeros(size);
            return complete.get(level).get((int) (start >> level));
        }
        return TreeHashing.node(sha256, subtree(start, left), subtree(start + left, size - left));
    }

    /** The largest power of two below {@code size}. */
    private static long split(long size) {
        return size == 1 ? 1 : Long.highestOneBit(size - 1);
    }

    private void checkSize(long size) {
        if (size < 0 || size > size()) {
            throw new IllegalArgumentException("the tree was never of this size");
        }
    }

    private static Sha256Digest digest(byte[] hash) {
        return new Sha256Digest(Bytes.copyOf(hash));
    }
}
