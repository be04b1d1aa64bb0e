package dev.parley.protocol.sealing.chunk;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Hashes leaves (RFC 6962 §2.1) straight from buffers. One per thread. */
final class LeafHashing {
    private final MessageDigest sha256;

    LeafHashing() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }

    /** Of all that remains in {@code leaf}, whose position stays. */
    byte[] hash(ByteBuffer leaf) {
        sha256.update((byte) 0);
        sha256.update(leaf.duplicate());
        return sha256.digest();
    }
}
