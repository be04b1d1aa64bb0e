package dev.parley.protocol.log;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.crypto.Sha256Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;

/**
 * Who signs a log's checkpoints: the origin and its Ed25519 key.
 *
 * @param origin the log's name, a schema-less URL such as {@code parley.example/log}
 * @param publicKey 32 bytes (RFC 8032)
 */
public record LogKey(String origin, Bytes publicKey) {
    private static final int KEY_SIZE = 32;
    private static final byte ED25519 = 1;
    /** The DER of a SubjectPublicKeyInfo up to the key itself (RFC 8410). */
    private static final Bytes SPKI_PREFIX =
            Bytes.takeOwnershipOf(new byte[] {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00});

    public LogKey {
        requireNonNull(publicKey);
        if (origin.isEmpty() || origin.chars().anyMatch(c -> c <= ' ' || c == '+' || c > '~')) {
            throw new IllegalArgumentException("not a log origin");
        }
        if (publicKey.size() != KEY_SIZE) {
            throw new IllegalArgumentException("an Ed25519 key has 32 bytes");
        }
    }

    public static LogKey parse(String origin, Bytes publicKey) throws Malformed {
        try {
            return new LogKey(origin, publicKey);
        } catch (IllegalArgumentException e) {
            throw new Malformed(String.valueOf(e.getMessage()), e);
        }
    }

    static LogKey of(String origin, PublicKey key) {
        var spki = key.getEncoded();
        return new LogKey(origin, Bytes.takeOwnershipOf(Arrays.copyOfRange(spki, spki.length - KEY_SIZE, spki.length)));
    }

    /** The first four bytes of SHA-256(origin ‖ LF ‖ 0x01 ‖ key), as C2SP signed-note has it. */
    Bytes keyId() {
        var name = Bytes.utf8(origin + "\n").toArray();
        var message = Arrays.copyOf(name, name.length + 1 + KEY_SIZE);
        message[name.length] = ED25519;
        publicKey.asBuffer().get(message, name.length + 1, KEY_SIZE);
        return Bytes.copyOf(Sha256Digest.of(Bytes.takeOwnershipOf(message))
                .bytes()
                .asBuffer()
                .slice(0, 4));
    }

    boolean verifies(Bytes message, Bytes signature) {
        try {
            var spki = Arrays.copyOf(SPKI_PREFIX.toArray(), SPKI_PREFIX.size() + KEY_SIZE);
            publicKey.asBuffer().get(spki, SPKI_PREFIX.size(), KEY_SIZE);
            var verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki)));
            verifier.update(message.asBuffer());
            return verifier.verify(signature.toArray());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
