package dev.parley.enclave.privacy;

import dev.parley.protocol.crypto.Hkdf;
import dev.parley.protocol.encoding.Bytes;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * The seeds of all brokers of one run. Keys are derived from all of them together, so that a party that withholds or
 * knows its own learns nothing of the keys. The order in which they arrive does not matter. They rest where their owner
 * keeps them; copies are made for each derivation and zeroed after it.
 */
public final class Seeds {
    public static final int SIZE = 48;

    private static final byte[] SALT = Labels.ascii("parley/seeds/1");

    private final List<Supplier<byte[]>> resting;

    private Seeds(List<Supplier<byte[]>> resting) {
        this.resting = List.copyOf(resting);
    }

    /** At least one seed of 48 bytes; what a supplier gives is zeroed after use. */
    public static Seeds of(List<Supplier<byte[]>> resting) {
        var seeds = new Seeds(resting);
        Arrays.fill(seeds.sorted(), (byte) 0);
        return seeds;
    }

    /** HKDF-SHA512 over the sorted seeds, bound to a purpose and to public context. */
    byte[] derive(String purpose, byte[] context, int length) {
        var secret = sorted();
        byte[] key = {};
        try {
            key = Hkdf.SHA_512.extract(SALT, secret);
            return Hkdf.SHA_512.expand(key, Bytes.takeOwnershipOf(Labels.framed(purpose, context)), length);
        } finally {
            Arrays.fill(secret, (byte) 0);
            Arrays.fill(key, (byte) 0);
        }
    }

    private byte[] sorted() {
        var copies = resting.stream().map(Supplier::get).toList();
        try {
            if (copies.isEmpty() || copies.stream().anyMatch(seed -> seed.length != SIZE)) {
                throw new IllegalArgumentException("seeds have 48 bytes, and there is at least one");
            }
            var ordered = copies.stream().sorted(Arrays::compareUnsigned).toList();
            var sorted = new byte[SIZE * ordered.size()];
            for (int i = 0; i < ordered.size(); i++) {
                System.arraycopy(ordered.get(i), 0, sorted, i * SIZE, SIZE);
            }
            return sorted;
        } finally {
            copies.forEach(copy -> Arrays.fill(copy, (byte) 0));
        }
    }

    @Override
    public String toString() {
        return "Seeds[redacted]";
    }
}
