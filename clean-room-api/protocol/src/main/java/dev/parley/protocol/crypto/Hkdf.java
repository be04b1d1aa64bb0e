package dev.parley.protocol.crypto;

import dev.parley.protocol.encoding.Bytes;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * HKDF (RFC 5869). Not the JDK's {@code KDF}: that one refuses to expand keys shorter than the hash, which chunked
 * encryption and RFC 5869 both allow.
 */
public enum Hkdf {
    SHA_256("HmacSHA256"),
    SHA_384("HmacSHA384"),
    SHA_512("HmacSHA512");

    private final String mac;

    Hkdf(String mac) {
        this.mac = mac;
    }

    /** The most bytes that one expansion gives. */
    public int maxLength() {
        return 255 * size();
    }

    /** The pseudorandom key, the caller's to zero. */
    public byte[] extract(byte[] salt, byte[] secret) {
        return keyed(salt).doFinal(secret);
    }

    /** Output keying material, the caller's to zero. {@code key} stays the caller's and is not kept. */
    public byte[] expand(byte[] key, Bytes info, int length) {
        if (length < 1 || length > maxLength()) {
            throw new IllegalArgumentException("HKDF gives 1 to " + maxLength() + " bytes");
        }
        var hmac = keyed(key);
        var output = new byte[length];
        byte[] block = {};
        for (var done = 0; done < length; done += block.length) {
            hmac.update(block);
            Arrays.fill(block, (byte) 0);
            hmac.update(info.asBuffer());
            block = hmac.doFinal(new byte[] {(byte) (done / hmac.getMacLength() + 1)});
            System.arraycopy(block, 0, output, done, Math.min(block.length, length - done));
        }
        Arrays.fill(block, (byte) 0);
        return output;
    }

    private int size() {
        return switch (this) {
            case SHA_256 -> 32;
            case SHA_384 -> 48;
            case SHA_512 -> 64;
        };
    }

    private Mac keyed(byte[] key) {
        try (var hmacKey = new ZeroedKey(mac, key)) {
            var hmac = Mac.getInstance(mac);
            hmac.init(hmacKey);
            return hmac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(mac + " is part of every JDK", e);
        }
    }

    /** The JDK's own key class refuses empty keys and cannot be zeroed. */
    private static final class ZeroedKey implements SecretKey, AutoCloseable {
        private static final long serialVersionUID = 1L;
        private final String algorithm;
        private final byte[] value;

        ZeroedKey(String algorithm, byte[] value) {
            this.algorithm = algorithm;
            this.value = value.clone();
        }

        @Override
        public String getAlgorithm() {
            return algorithm;
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
        public void close() {
            Arrays.fill(value, (byte) 0);
        }
    }
}
