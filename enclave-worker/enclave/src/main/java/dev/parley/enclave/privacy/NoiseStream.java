package dev.parley.enclave.privacy;

import dev.parley.protocol.crypto.Sha384Digest;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.function.LongSupplier;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Random bits for the noise of one result: AES-256 in counter mode under a key derived from all seeds and the digest of
 * the whole canonical result before noise. The same seeds and result give the same bits; another result gives others.
 * Not safe for use by several threads.
 */
public final class NoiseStream implements LongSupplier {
    private static final String PURPOSE = "parley/noise/1";
    private static final byte[] ZEROS = new byte[4096];

    private final Cipher cipher;
    private final ByteBuffer bits = ByteBuffer.allocate(ZEROS.length).limit(0);

    private NoiseStream(Cipher cipher) {
        this.cipher = cipher;
    }

    /** The stream for the canonical result, whole and before noise, that has this digest. */
    public static NoiseStream of(Seeds seeds, Sha384Digest beforeNoise) {
        var key = seeds.derive(PURPOSE, beforeNoise.bytes().toArray(), 32);
        try {
            var cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[16]));
            return new NoiseStream(cipher);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-CTR is part of every JDK", e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    @Override
    public long getAsLong() {
        if (!bits.hasRemaining()) {
            refill();
        }
        return bits.getLong();
    }

    private void refill() {
        try {
            cipher.update(ZEROS, 0, ZEROS.length, bits.array(), 0);
            bits.clear();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the buffer has the size of its input", e);
        }
    }
}
