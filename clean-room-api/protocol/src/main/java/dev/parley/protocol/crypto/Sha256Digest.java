package dev.parley.protocol.crypto;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;

/** A SHA-256 digest, 32 bytes; printed as lower-case hexadecimal. */
public record Sha256Digest(Bytes bytes) {
    public static final int SIZE = 32;

    public Sha256Digest {
        if (bytes.size() != SIZE) {
            throw new IllegalArgumentException("a SHA-256 digest has 32 bytes");
        }
    }

    public static Sha256Digest of(Bytes message) {
        return new Sha256Digest(Hashes.hash("SHA-256", message));
    }

    /** Of the canonical bytes of a JSON value. Such values name their own kind, which separates their digests. */
    public static Sha256Digest of(Json value) {
        return of(value.canonical());
    }

    public static Sha256Digest parse(String hex) throws Malformed {
        var bytes = Bytes.parseHex(hex);
        if (bytes.size() != SIZE) {
            throw new Malformed("a SHA-256 digest has 64 hexadecimal digits");
        }
        return new Sha256Digest(bytes);
    }

    public String hex() {
        return bytes.hex();
    }

    @Override
    public String toString() {
        return hex();
    }
}
