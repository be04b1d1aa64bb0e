package dev.parley.protocol.sealing.chunk;

import dev.parley.protocol.encoding.Malformed;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/** Seals and opens single chunks. One per thread. */
final class ChunkCipher {
    private static final int TAG_BITS = ChunkLayout.TAG_SIZE * 8;

    private final ChunkKeys keys;
    private final Cipher gcm;

    ChunkCipher(ChunkKeys keys) {
        this.keys = keys;
        try {
            this.gcm = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is part of every JDK", e);
        }
    }

    void seal(long chunk, ByteBuffer plaintext, ByteBuffer target) {
        try {
            gcm.init(Cipher.ENCRYPT_MODE, keys.key(), new GCMParameterSpec(TAG_BITS, keys.nonce(chunk)));
            gcm.doFinal(plaintext, target);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealing a chunk failed", e);
        }
    }

    /** Leaves nothing in {@code target} unless the tag holds. */
    void open(long chunk, ByteBuffer sealed, ByteBuffer target) throws Malformed {
        var start = target.position();
        var size = sealed.remaining() - ChunkLayout.TAG_SIZE;
        try {
            gcm.init(Cipher.DECRYPT_MODE, keys.key(), new GCMParameterSpec(TAG_BITS, keys.nonce(chunk)));
            gcm.doFinal(sealed, target);
        } catch (GeneralSecurityException e) {
            for (var i = 0; i < size; i++) {
                target.put(start + i, (byte) 0);
            }
            target.position(start);
            // The provider's exception says no more than this.
            throw new Malformed("a chunk does not open");
        }
    }
}
