package dev.parley.server.uploads;

import dev.parley.protocol.encoding.Malformed;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The {@code Upload-Checksum} header of tus: what the body of one request must hash to, if the client says so. */
final class PartChecksum {
    private final @Nullable MessageDigest digest;
    private final byte[] expected;

    private PartChecksum(@Nullable MessageDigest digest, byte[] expected) {
        this.digest = digest;
        this.expected = expected;
    }

    static PartChecksum parse(@Nullable String header) throws Malformed {
        if (header == null) {
            return new PartChecksum(null, new byte[0]);
        }
        if (!header.startsWith("sha256 ")) {
            throw new Malformed("Upload-Checksum is sha256 and base64");
        }
        try {
            return new PartChecksum(
                    MessageDigest.getInstance("SHA-256"),
                    Base64.getDecoder().decode(header.substring("sha256 ".length())));
        } catch (IllegalArgumentException e) {
            throw new Malformed("Upload-Checksum is not base64", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }

    void update(byte[] bytes, int count) {
        if (digest != null) {
            digest.update(bytes, 0, count);
        }
    }

    /** To be asked once, after the last byte. */
    boolean holds() {
        return digest == null || MessageDigest.isEqual(digest.digest(), expected);
    }
}
