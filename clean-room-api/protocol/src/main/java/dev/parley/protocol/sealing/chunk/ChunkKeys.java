package dev.parley.protocol.sealing.chunk;

import dev.parley.protocol.crypto.Hkdf;
import dev.parley.protocol.encoding.Bytes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.crypto.SecretKey;

/**
 * What one message is encrypted under, derived from an input key, a salt and a context. Zeroed on close; while a cipher
 * works, the JDK holds its own copy of the key schedule.
 */
public final class ChunkKeys implements AutoCloseable {
    public static final int SALT_SIZE = 24;
    public static final int COMMITMENT_SIZE = 32;

    static final int NONCE_SIZE = 12;

    /** The two instantiations that the C2SP vectors cover. The product uses the larger one. */
    enum Suite {
        AES_128("AEAD_AES_128_GCM", 16),
        AES_256("AEAD_AES_256_GCM", 32);

        private final String aead;
        private final int keySize;

        Suite(String aead, int keySize) {
            this.aead = aead;
            this.keySize = keySize;
        }
    }

    private final ZeroedKey key;
    private final byte[] baseNonce;
    private final Bytes salt;
    private final Bytes commitment;

    private ChunkKeys(Suite suite, byte[] derived, Bytes salt) {
        var nonceEnd = suite.keySize + NONCE_SIZE;
        this.key = new ZeroedKey(Arrays.copyOf(derived, suite.keySize));
        this.baseNonce = Arrays.copyOfRange(derived, suite.keySize, nonceEnd);
        this.salt = salt;
        this.commitment = Bytes.takeOwnershipOf(Arrays.copyOfRange(derived, nonceEnd, derived.length));
    }

    /**
     * For AES-256-GCM.
     *
     * @param inputKey 32 uniformly random bytes, which stay the caller's
     * @param salt 24 bytes that this input key never saw before
     */
    public static ChunkKeys derive(byte[] inputKey, Bytes salt, Bytes context) {
        return derive(Suite.AES_256, inputKey, salt, context);
    }

    static ChunkKeys derive(Suite suite, byte[] inputKey, Bytes salt, Bytes context) {
        if (inputKey.length != suite.keySize || salt.size() != SALT_SIZE) {
            throw new IllegalArgumentException("input key or salt of wrong size");
        }
        var label = Bytes.utf8("c2sp.org/chunked-encryption@v1+" + suite.aead + "\0");
        var info = ByteBuffer.allocate(label.size() + salt.size() + context.size())
                .put(label.asBuffer())
                .put(salt.asBuffer())
                .put(context.asBuffer());
        var length = suite.keySize + NONCE_SIZE + COMMITMENT_SIZE;
        var derived = Hkdf.SHA_512.expand(inputKey, Bytes.takeOwnershipOf(info.array()), length);
        try {
            return new ChunkKeys(suite, derived, salt);
        } finally {
            Arrays.fill(derived, (byte) 0);
        }
    }

    public Bytes salt() {
        return salt;
    }

    /** Commits to input key, salt and context: a ciphertext that carries another was not sealed under these keys. */
    public Bytes commitment() {
        return commitment;
    }

    SecretKey key() {
        if (key.isDestroyed()) {
            throw new IllegalStateException("keys are closed");
        }
        return key;
    }

    /** The base nonce with the chunk's number, big-endian, XORed into its last bytes. */
    byte[] nonce(long chunk) {
        var nonce = baseNonce.clone();
        for (var i = 0; i < Long.BYTES; i++) {
            nonce[NONCE_SIZE - 1 - i] ^= (byte) (chunk >>> (8 * i));
        }
        return nonce;
    }

    @Override
    public void close() {
        key.destroy();
        Arrays.fill(baseNonce, (byte) 0);
    }

    @Override
    public String toString() {
        return "ChunkKeys[secret]";
    }

    /** The JDK's own key class cannot be zeroed. */
    private static final class ZeroedKey implements SecretKey {
        private static final long serialVersionUID = 1L;
        private final byte[] value;
        private volatile boolean destroyed;

        ZeroedKey(byte[] value) {
            this.value = value;
        }

        @Override
        public String getAlgorithm() {
            return "AES";
        }

        @Override
        public String getFormat() {
            return "RAW";
        }

        @Override
        public byte[] getEncoded() {
            return value.clone();
        }

        @Override
        public void destroy() {
            destroyed = true;
            Arrays.fill(value, (byte) 0);
        }

        @Override
        public boolean isDestroyed() {
            return destroyed;
        }
    }
}
