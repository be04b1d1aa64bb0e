package dev.parley.policy.authoring.normalisation;

import dev.parley.protocol.crypto.Sha256Digest;
import dev.parley.protocol.encoding.Bytes;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * In which form a file holds its identifiers. A file that brings hashes must have made them from the profile's normal form
 * with SHA-256 and no salt; nothing can tell whether it did.
 */
public enum InputForm {
    PLAIN,
    SHA256_HEX,
    SHA256_BASE64;

    /** The 32 bytes that join: SHA-256 of the UTF-8 normal form. Empty for text that is no such identifier. */
    public Optional<Sha256Digest> digest(Profile profile, String raw) {
        return switch (this) {
            case PLAIN -> profile.normalForm(raw).map(normal -> Sha256Digest.of(Bytes.utf8(normal)));
            case SHA256_HEX -> decoded(raw, text -> HexFormat.of().parseHex(text.toLowerCase(Locale.ROOT)));
            case SHA256_BASE64 -> decoded(raw, InputForm::base64);
        };
    }

    private static byte[] base64(String text) {
        return Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
    }

    private static Optional<Sha256Digest> decoded(String raw, java.util.function.Function<String, byte[]> decoder) {
        try {
            var bytes = decoder.apply(raw.strip());
            return bytes.length == Sha256Digest.SIZE
                    ? Optional.of(new Sha256Digest(Bytes.takeOwnershipOf(bytes)))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
