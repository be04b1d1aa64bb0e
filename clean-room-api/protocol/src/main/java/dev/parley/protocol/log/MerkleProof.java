package dev.parley.protocol.log;

import dev.parley.protocol.crypto.Sha256Digest;
import dev.parley.protocol.encoding.Bytes;
import java.security.MessageDigest;
import java.util.List;

/** Verifies proofs of {@link MerkleTree} against heads that the caller trusts. */
public final class MerkleProof {
    private MerkleProof() {}

    /** Whether {@code path} proves the leaf at {@code index} under {@code head} (RFC 9162 §2.1.3.2). */
    public static boolean includes(Sha256Digest leafHash, long index, TreeHead head, List<Sha256Digest> path) {
        if (index < 0 || index >= head.size()) {
            return false;
        }
        var sha256 = TreeHashing.sha256();
        var hash = leafHash.bytes().toArray();
        var node = index;
        var last = head.size() - 1;
        for (var sibling : path) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                hash = TreeHashing.node(sha256, sibling.bytes().toArray(), hash);
                var climb = Long.numberOfTrailingZeros(node);
                node >>= climb;
                last >>= climb;
            } else {
                hash = TreeHashing.node(sha256, hash, sibling.bytes().toArray());
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && equal(hash, head.root());
    }

    /**
     * Whether {@code proof} proves that the tree of {@code newer} continues that of {@code older} (RFC 9162 §2.1.4.2).
     * An empty older tree proves nothing and is refused.
     */
    public static boolean consistent(TreeHead older, TreeHead newer, List<Sha256Digest> proof) {
        if (older.size() < 1 || older.size() > newer.size()) {
            return false;
        }
        if (older.size() == newer.size()) {
            return proof.isEmpty() && older.equals(newer);
        }
        var node = older.size() - 1;
        var climb = Long.numberOfTrailingZeros(~node);
        var walk = new Walk(node >> climb, (newer.size() - 1) >> climb);
        // A complete older tree is itself the first node of the proof.
        if (walk.node == 0) {
            return walk.matches(older.root(), proof, older, newer);
        }
        return !proof.isEmpty() && walk.matches(proof.getFirst(), proof.subList(1, proof.size()), older, newer);
    }

    private static boolean equal(byte[] hash, Sha256Digest root) {
        return Bytes.copyOf(hash).equals(root.bytes());
    }

    /** Climbs both trees at once. */
    private static final class Walk {
        private final MessageDigest sha256 = TreeHashing.sha256();
        private long node;
        private long last;

        Walk(long node, long last) {
            this.node = node;
            this.last = last;
        }

        boolean matches(Sha256Digest start, List<Sha256Digest> path, TreeHead older, TreeHead newer) {
            var oldHash = start.bytes().toArray();
            var newHash = oldHash;
            for (var sibling : path) {
                if (last == 0) {
                    return false;
                }
                var other = sibling.bytes().toArray();
                if ((node & 1) == 1 || node == last) {
                    oldHash = TreeHashing.node(sha256, other, oldHash);
                    newHash = TreeHashing.node(sha256, other, newHash);
                    var climb = Long.numberOfTrailingZeros(node);
                    node >>= climb;
                    last >>= climb;
                } else {
                    newHash = TreeHashing.node(sha256, newHash, other);
                }
                node >>= 1;
                last >>= 1;
            }
            return last == 0 && equal(oldHash, older.root()) && equal(newHash, newer.root());
        }
    }
}
