package dev.parley.protocol.sealing;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.crypto.Sha256Digest;
import dev.parley.protocol.encoding.Malformed;

/** Names every byte of a ciphertext: the root of the Merkle tree over its header and chunks, in {@code sealed-dataset.md} §4. */
public record CiphertextDigest(Sha256Digest digest) {
    public CiphertextDigest {
        requireNonNull(digest);
    }

    public static CiphertextDigest parse(String hex) throws Malformed {
        return new CiphertextDigest(Sha256Digest.parse(hex));
    }

    public String hex() {
        return digest.hex();
    }

    @Override
    public String toString() {
        return hex();
    }
}
