package dev.parley.protocol.crypto;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;

/** The SHA-256 thumbprint of a public key (RFC 7638), printed as base64url, 43 characters. */
public record Thumbprint(Sha256Digest digest) {
    public Thumbprint {
        requireNonNull(digest);
    }

    /** Of the required members of a JWK, whose canonical form is the one that RFC 7638 hashes. */
    static Thumbprint of(Json.Obj requiredMembers) {
        return new Thumbprint(Sha256Digest.of(requiredMembers));
    }

    public static Thumbprint parse(String base64Url) throws Malformed {
        var bytes = Bytes.parseBase64Url(base64Url);
        if (bytes.size() != Sha256Digest.SIZE) {
            throw new Malformed("a key thumbprint has 32 bytes");
        }
        return new Thumbprint(new Sha256Digest(bytes));
    }

    public String print() {
        return digest.bytes().base64Url();
    }

    @Override
    public String toString() {
        return print();
    }
}
