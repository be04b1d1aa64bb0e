package dev.parley.protocol.sealing;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Malformed;

/** The SHA-384 digest of a canonical {@link Schema}. */
public record SchemaDigest(Sha384Digest digest) {
    public SchemaDigest {
        requireNonNull(digest);
    }

    public static SchemaDigest parse(String hex) throws Malformed {
        return new SchemaDigest(Sha384Digest.parse(hex));
    }

    public String hex() {
        return digest.hex();
    }

    @Override
    public String toString() {
        return hex();
    }
}
