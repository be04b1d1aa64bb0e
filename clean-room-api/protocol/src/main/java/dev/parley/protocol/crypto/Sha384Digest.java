package dev.parley.protocol.crypto;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;

/** A SHA-384 digest, 48 bytes; printed as lower-case hexadecimal. */
public record Sha384Digest(Bytes bytes) {
    public static final int SIZE = 48;

    public Sha384Digest {
        if (bytes.size() != SIZE) {
            throw new IllegalArgumentException("a SHA-384 digest has 48 bytes");
        }
    }

    public static Sha384Digest of(Bytes message) {
        return new Sha384Digest(Hashes.hash("SHA-384", message));
    }

    /** Of the canonical bytes of a JSON value. Such values name their own kind, which separates their digests. */
    public static Sha384Digest of(Json value) {
        return of(value.canonical());
    }

    public static Sha384Digest parse(String hex) throws Malformed {
        var bytes = Bytes.parseHex(hex);
        if (bytes.size() != SIZE) {
            throw new Malformed("a SHA-384 digest has 96 hexadecimal digits");
        }
        return new Sha384Digest(bytes);
    }

    public String hex() {
        return bytes.hex();
    }

    @Override
    public String toString() {
        return hex();
    }
}
