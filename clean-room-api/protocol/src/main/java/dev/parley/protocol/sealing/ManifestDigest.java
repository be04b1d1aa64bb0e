package dev.parley.protocol.sealing;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Malformed;

/** The SHA-384 digest of the canonical payload of a {@link DatasetManifest}, whoever signed it how often. */
public record ManifestDigest(Sha384Digest digest) {
    public ManifestDigest {
        requireNonNull(digest);
    }

    public static ManifestDigest parse(String hex) throws Malformed {
        return new ManifestDigest(Sha384Digest.parse(hex));
    }

    public String hex() {
        return digest.hex();
    }

    @Override
    public String toString() {
        return hex();
    }
}
