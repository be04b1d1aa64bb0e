package dev.parley.enclave.privacy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * SipHash-2-4 over 64-bit words (Aumasson and Bernstein): a fast keyed function of a row's content. One instance hashes
 * one message after another and is not safe for use by several threads.
 */
public final class KeyedHash {
    private long v0;
    private long v1;
    private long v2;
    private long v3;
    private long words;

    /** A key of 128 bits. */
    public static final class Key {
        static final int SIZE = 16;

        private final long low;
        private final long high;

        private Key(long low, long high) {
            this.low = low;
            this.high = high;
        }

        /** Reads and wipes the array. */
        static Key of(byte[] key) {
            var buffer = ByteBuffer.wrap(key).order(ByteOrder.LITTLE_ENDIAN);
            var read = new Key(buffer.getLong(), buffer.getLong());
            Arrays.fill(key, (byte) 0);
            return read;
        }

        @Override
        public String toString() {
            return "Key[redacted]";
        }
    }

    public KeyedHash start(Key key) {
        v0 = key.low ^ 0x736f6d6570736575L;
        v1 = key.high ^ 0x646f72616e646f6dL;
        v2 = key.low ^ 0x6c7967656e657261L;
        v3 = key.high ^ 0x7465646279746573L;
        words = 0;
        return this;
    }

    public KeyedHash word(long word) {
        v3 ^= word;
        round();
        round();
        v0 ^= word;
        words++;
        return this;
    }

    public long finish() {
        long length = (words * Long.BYTES) << 56;
        v3 ^= length;
        round();
        round();
        v0 ^= length;
        v2 ^= 0xff;
        round();
        round();
        round();
        round();
        return v0 ^ v1 ^ v2 ^ v3;
    }

    private void round() {
        v0 += v1;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v3;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v2 = Long.rotateLeft(v2, 32);
    }
}
