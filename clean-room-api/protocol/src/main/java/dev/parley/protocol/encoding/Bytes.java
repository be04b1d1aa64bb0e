package dev.parley.protocol.encoding;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;

/** An immutable string of public bytes. Equality is constant-time. Not for secrets: nothing here is zeroed. */
public final class Bytes {
    private static final Bytes EMPTY = new Bytes(new byte[0]);
    private static final HexFormat HEX = HexFormat.of();
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final byte[] value;

    private Bytes(byte[] value) {
        this.value = value;
    }

    public static Bytes empty() {
        return EMPTY;
    }

    public static Bytes copyOf(byte[] value) {
        return new Bytes(value.clone());
    }

    /** The array must not be written to afterwards. */
    public static Bytes takeOwnershipOf(byte[] value) {
        return new Bytes(requireNonNull(value));
    }

    public static Bytes copyOf(ByteBuffer buffer) {
        var copy = new byte[buffer.remaining()];
        buffer.duplicate().get(copy);
        return new Bytes(copy);
    }

    public static Bytes utf8(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Lower-case hexadecimal only. */
    public static Bytes parseHex(String text) throws Malformed {
        try {
            var bytes = new Bytes(HEX.parseHex(text));
            if (!bytes.hex().equals(text)) {
                throw new Malformed("hexadecimal must be lower-case");
            }
            return bytes;
        } catch (IllegalArgumentException e) {
            throw new Malformed("not hexadecimal", e);
        }
    }

    /** Unpadded base64url (RFC 4648 §5) with zero trailing bits: the one canonical spelling. */
    public static Bytes parseBase64Url(String text) throws Malformed {
        try {
            var bytes = new Bytes(Base64.getUrlDecoder().decode(text));
            if (!bytes.base64Url().equals(text)) {
                throw new Malformed("base64url is not canonical");
            }
            return bytes;
        } catch (IllegalArgumentException e) {
            throw new Malformed("not base64url", e);
        }
    }

    public String hex() {
        return HEX.formatHex(value);
    }

    public String base64Url() {
        return BASE64URL.encodeToString(value);
    }

    public int size() {
        return value.length;
    }

    public byte[] toArray() {
        return value.clone();
    }

    /** A read-only view without copying. */
    public ByteBuffer asBuffer() {
        return ByteBuffer.wrap(value).asReadOnlyBuffer();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes && MessageDigest.isEqual(value, bytes.value);
    }

    @Override
    public int hashCode() {
        return java.util.Arrays.hashCode(value);
    }

    /** Hexadecimal; these bytes are public. */
    @Override
    public String toString() {
        return hex();
    }
}
