package dev.parley.protocol.sealing;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;

/**
 * What names one ciphertext.
 *
 * @param length bytes from the salt to the last tag, without the file's header
 * @param salt 24 bytes, fresh for every sealing
 * @param commitment 32 bytes that commit to the key, the salt and the context
 */
public record SealedCiphertext(long length, CiphertextDigest digest, Bytes salt, Bytes commitment) {
    public static final int SALT_SIZE = 24;
    public static final int COMMITMENT_SIZE = 32;

    public SealedCiphertext {
        requireNonNull(digest);
        if (length < 0 || salt.size() != SALT_SIZE || commitment.size() != COMMITMENT_SIZE) {
            throw new IllegalArgumentException("a ciphertext has a length, 24 bytes of salt and 32 of commitment");
        }
    }

    static SealedCiphertext read(Fields fields) throws Malformed {
        try {
            var ciphertext = new SealedCiphertext(
                    fields.longText("length"),
                    fields.text("digest", CiphertextDigest::parse),
                    fields.bytes("salt"),
                    fields.bytes("commitment"));
            fields.end();
            return ciphertext;
        } catch (IllegalArgumentException e) {
            throw new Malformed("manifest's ciphertext has wrong sizes", e);
        }
    }

    Json.Obj json() {
        return Json.object()
                .put("length", Long.toString(length))
                .put("digest", digest.hex())
                .put("salt", salt)
                .put("commitment", commitment)
                .build();
    }
}
