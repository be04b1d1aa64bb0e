package dev.parley.protocol.room;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Malformed;

/** The SHA-384 digest that names one query on one set of data: see {@code docs/spec/key-release.md}. */
public record QueryDigest(Sha384Digest digest) {
    public QueryDigest {
        requireNonNull(digest);
    }

    public static QueryDigest parse(String hex) throws Malformed {
        return new QueryDigest(Sha384Digest.parse(hex));
    }

    public String hex() {
        return digest.hex();
    }

    @Override
    public String toString() {
        return hex();
    }
}
