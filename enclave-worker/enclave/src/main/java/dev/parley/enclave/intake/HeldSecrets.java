package dev.parley.enclave.intake;

import dev.parley.enclave.memory.SecretMemory;
import dev.parley.enclave.memory.SecretMemory.Secret;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.release.ReleaseSecrets;
import dev.parley.protocol.room.DatasetId;
import dev.parley.protocol.sealing.DatasetKey;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** What one broker released, at rest. */
final class HeldSecrets implements AutoCloseable {
    private final Secret seed;
    private final Map<DatasetId, Secret> keys;

    private HeldSecrets(Secret seed, Map<DatasetId, Secret> keys) {
        this.seed = seed;
        this.keys = keys;
    }

    /** Moves them: what was opened is zeroed, whether this succeeds or not. */
    static HeldSecrets moveIn(ReleaseSecrets opened, SecretMemory memory) throws IOException, Malformed {
        try (opened) {
            Map<DatasetId, Secret> keys = new HashMap<>();
            for (var dataset : opened.datasets()) {
                keys.put(dataset, memory.keep(opened.exportKey(dataset)));
            }
            return new HeldSecrets(memory.keep(opened.seed().exportSecret()), keys);
        }
    }

    /** A copy, the caller's to zero. */
    byte[] exportSeed() {
        return seed.exportSecret();
    }

    /** For the moment in which the keys of its chunks are derived; the caller closes it. */
    DatasetKey keyOf(DatasetId dataset) throws Malformed {
        var key = keys.get(dataset);
        if (key == null) {
            throw new Malformed("no key was released for dataset " + dataset);
        }
        return DatasetKey.takeOwnershipOf(key.exportSecret());
    }

    @Override
    public void close() {
        seed.close();
        keys.values().forEach(Secret::close);
    }
}
