package dev.parley.enclave.privacy;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * The seeds of all brokers of one run. Keys are derived from all of them together, so that a party that withholds or
 * knows its own learns nothing of the keys. The order in which they arrive does not matter.
 */
public final class Seeds implements AutoCloseable {
    public static final int SIZE = 48;

    private static final byte[] SALT = Labels.ascii("parley/seeds/1");

    private final byte[] sorted;

    private Seeds(byte[] sorted) {
        this.sorted = sorted;
    }

    /** At least one seed of 48 bytes; the caller still owns, and wipes, its arrays. */
    public static Seeds copyOf(List<byte[]> seeds) {
        if (seeds.isEmpty() || seeds.stream().anyMatch(seed -> seed.length != SIZE)) {
            throw new IllegalArgumentException("seeds have 48 bytes, and there is at least one");
        }
        var ordered = seeds.stream().sorted(Arrays::compareUnsigned).toList();
        var sorted = new byte[SIZE * ordered.size()];
        for (int i = 0; i < ordered.size(); i++) {
            System.arraycopy(ordered.get(i), 0, sorted, i * SIZE, SIZE);
        }
        return new Seeds(sorted);
    }

    /** HKDF-SHA512 over the sorted seeds, bound to a purpose and to public context. */
    byte[] derive(String purpose, byte[] context, int length) {
        try {
            var spec = HKDFParameterSpec.ofExtract()
                    .addSalt(SALT)
                    .addIKM(sorted)
                    .thenExpand(Labels.framed(purpose, context), length);
            return KDF.getInstance("HKDF-SHA512").deriveData(spec);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HKDF-SHA512 is part of every JDK 25", e);
        }
    }

    @Override
    public void close() {
        Arrays.fill(sorted, (byte) 0);
    }

    @Override
    public String toString() {
        return "Seeds[redacted]";
    }
}
