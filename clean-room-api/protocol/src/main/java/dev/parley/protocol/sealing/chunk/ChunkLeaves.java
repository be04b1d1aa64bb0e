package dev.parley.protocol.sealing.chunk;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.crypto.Sha256Digest;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.log.MerkleRoot;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Collects the leaf hashes of a ciphertext in any order, from any thread. A leaf that is seen again must have the same
 * hash: who serves the bytes could otherwise show different ones to different readings.
 */
final class ChunkLeaves {
    private static final int PAGE_LEAVES = 1 << 12;

    private final Map<Long, byte[][]> pages = new HashMap<>();
    private long missing;

    ChunkLeaves(ChunkLayout layout) {
        this.missing = layout.chunks() + 1;
    }

    /** Leaf 0 is the head, leaf i + 1 is chunk i. */
    synchronized void put(long leaf, byte[] hash) throws Malformed {
        var page = pages.computeIfAbsent(leaf / PAGE_LEAVES, number -> new byte[PAGE_LEAVES][]);
        var slot = (int) (leaf % PAGE_LEAVES);
        if (page[slot] == null) {
            page[slot] = hash;
            missing--;
        } else if (!MessageDigest.isEqual(page[slot], hash)) {
            throw new Malformed("a chunk changed between two readings");
        }
    }

    /** Empty while a chunk was not read. */
    synchronized Optional<Sha256Digest> root() {
        if (missing > 0) {
            return Optional.empty();
        }
        var root = new MerkleRoot();
        for (var number = 0L; number < pages.size(); number++) {
            for (var hash : requireNonNull(pages.get(number))) {
                // The last page is not full.
                if (hash != null) {
                    root.add(hash);
                }
            }
        }
        return Optional.of(root.head().root());
    }
}
