package dev.parley.protocol.room;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Malformed;

/** The SHA-384 digest of a canonical policy bundle. */
public record PolicyDigest(Sha384Digest digest) {
    public PolicyDigest {
        requireNonNull(digest);
    }

    public static PolicyDigest parse(String hex) throws Malformed {
        return new PolicyDigest(Sha384Digest.parse(hex));
    }

    public String hex() {
        return digest.hex();
    }

    @Override
    public String toString() {
        return hex();
    }
}
