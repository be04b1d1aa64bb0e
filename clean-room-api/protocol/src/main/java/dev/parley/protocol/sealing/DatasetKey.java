package dev.parley.protocol.sealing;

import dev.parley.protocol.crypto.OpeningKey;
import dev.parley.protocol.crypto.SealingKey;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Function;

/** The secret 32 bytes that open one sealed version of a dataset. Zeroed on close; used after that, it is a bug. */
public final class DatasetKey implements AutoCloseable {
    public static final int SIZE = 32;

    private final byte[] secret;
    private boolean closed;

    private DatasetKey(byte[] secret) {
        if (secret.length != SIZE) {
            throw new IllegalArgumentException("a dataset key has 32 bytes");
        }
        this.secret = secret;
    }

    public static DatasetKey generate(SecureRandom random) {
        var secret = new byte[SIZE];
        random.nextBytes(secret);
        return new DatasetKey(secret);
    }

    /** The array must not be touched afterwards; {@link #close()} zeroes it. */
    public static DatasetKey takeOwnershipOf(byte[] secret) {
        return new DatasetKey(secret);
    }

    /** Opens what {@link #sealTo} sealed for exactly this {@code info}. */
    public static DatasetKey open(OpeningKey key, Bytes info, Bytes sealed) throws Malformed {
        var secret = key.open(info, sealed);
        if (secret.length != SIZE) {
            Arrays.fill(secret, (byte) 0);
            throw new Malformed("a dataset key has 32 bytes");
        }
        return new DatasetKey(secret);
    }

    /** Seals this key to another's for one purpose: HPKE binds {@code info}. */
    public Bytes sealTo(SealingKey recipient, Bytes info) {
        return recipient.seal(info, secret());
    }

    /** Lends the bytes themselves, which must be neither kept nor changed. */
    public <T> T useSecret(Function<byte[], T> use) {
        return use.apply(secret());
    }

    private byte[] secret() {
        if (closed) {
            throw new IllegalStateException("dataset key is closed");
        }
        return secret;
    }

    @Override
    public void close() {
        closed = true;
        Arrays.fill(secret, (byte) 0);
    }

    @Override
    public String toString() {
        return "DatasetKey[secret]";
    }
}
