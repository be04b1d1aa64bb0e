package dev.parley.protocol.release;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.crypto.OpeningKey;
import dev.parley.protocol.crypto.SealingKey;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.DatasetId;
import dev.parley.protocol.room.PartyId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What one broker releases: its seed and the keys of its datasets. Zeroed on close.
 *
 * <p>Its plain form, inside HPKE only, is binary so that no text of a key ever exists: version 1 (one byte), seed
 * (48 bytes), number of keys (one byte), then per key, ordered by name: length of the dataset's name (one byte), the
 * name in ASCII, the key (32 bytes).
 */
public final class ReleaseSecrets implements AutoCloseable {
    private static final byte VERSION = 1;
    private static final int KEY_SIZE = 32;

    private final Seed seed;
    private final Map<DatasetId, byte[]> keys;

    private ReleaseSecrets(Seed seed, Map<DatasetId, byte[]> keys) {
        this.seed = requireNonNull(seed);
        this.keys = keys;
    }

    /** Takes the seed and the keys, 32 bytes each, into its possession. */
    public static ReleaseSecrets takeOwnershipOf(Seed seed, Map<DatasetId, byte[]> keys) {
        for (var key : keys.values()) {
            if (key.length != KEY_SIZE) {
                throw new IllegalArgumentException("a dataset key has 32 bytes");
            }
        }
        return new ReleaseSecrets(seed, sorted(keys));
    }

    public Seed seed() {
        return seed;
    }

    /** Whose keys are here. */
    public Set<DatasetId> datasets() {
        return Set.copyOf(keys.keySet());
    }

    /** A copy of a dataset's key, the caller's to zero. */
    public byte[] exportKey(DatasetId dataset) throws Malformed {
        var key = keys.get(dataset);
        if (key == null) {
            throw new Malformed("no key was released for dataset " + dataset);
        }
        return key.clone();
    }

    Bytes sealTo(SealingKey key, Bytes info) {
        var plain = print();
        try {
            return key.seal(info, plain);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    static ReleaseSecrets open(PartyId party, OpeningKey key, Bytes info, Bytes sealed) throws Malformed {
        var plain = key.open(info, sealed);
        try {
            return parse(party, ByteBuffer.wrap(plain));
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private byte[] print() {
        var size = 2 + Seed.SIZE;
        for (var dataset : keys.keySet()) {
            size += 1 + dataset.value().length() + KEY_SIZE;
        }
        var plain = ByteBuffer.allocate(size);
        var secret = seed.exportSecret();
        plain.put(VERSION).put(secret).put((byte) keys.size());
        Arrays.fill(secret, (byte) 0);
        keys.forEach((dataset, key) -> plain.put((byte) dataset.value().length())
                .put(dataset.value().getBytes(StandardCharsets.US_ASCII))
                .put(key));
        return plain.array();
    }

    private static ReleaseSecrets parse(PartyId party, ByteBuffer plain) throws Malformed {
        if (plain.remaining() < 2 + Seed.SIZE || plain.get() != VERSION) {
            throw new Malformed("not release secrets of version 1");
        }
        var seed = Seed.takeOwnershipOf(party, take(plain, Seed.SIZE));
        var count = Byte.toUnsignedInt(plain.get());
        Map<DatasetId, byte[]> keys = sorted(Map.of());
        for (var i = 0; i < count; i++) {
            var name = take(plain, Byte.toUnsignedInt(take(plain, 1)[0]));
            keys.put(DatasetId.parse(new String(name, StandardCharsets.US_ASCII)), take(plain, KEY_SIZE));
        }
        if (plain.hasRemaining() || keys.size() != count) {
            throw new Malformed("release secrets have another length than they say");
        }
        return new ReleaseSecrets(seed, keys);
    }

    private static byte[] take(ByteBuffer plain, int size) throws Malformed {
        if (plain.remaining() < size) {
            throw new Malformed("release secrets end early");
        }
        var bytes = new byte[size];
        plain.get(bytes);
        return bytes;
    }

    private static Map<DatasetId, byte[]> sorted(Map<DatasetId, byte[]> keys) {
        var sorted = new TreeMap<DatasetId, byte[]>((a, b) -> a.value().compareTo(b.value()));
        sorted.putAll(keys);
        return sorted;
    }

    @Override
    public void close() {
        seed.close();
        keys.values().forEach(key -> Arrays.fill(key, (byte) 0));
    }

    @Override
    public String toString() {
        return "ReleaseSecrets[" + keys.keySet() + "]";
    }
}
