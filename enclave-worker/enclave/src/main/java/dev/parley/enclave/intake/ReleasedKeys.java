package dev.parley.enclave.intake;

import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.sealing.DatasetKey;
import dev.parley.protocol.sealing.DatasetManifest;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The secrets of one run at rest, each seed proven to be the one that its broker committed to. Copies of them are on the
 * heap only while they are used. Zeroed on close.
 */
public final class ReleasedKeys implements AutoCloseable {
    private final List<Jws> grants;
    private final Map<PartyId, HeldSecrets> secrets;

    ReleasedKeys(List<Jws> grants, Map<PartyId, HeldSecrets> secrets) {
        this.grants = List.copyOf(grants);
        this.secrets = Map.copyOf(secrets);
    }

    /** The promises under which the secrets came, for the receipt. */
    public List<Jws> grants() {
        return grants;
    }

    /** One for each broker; each call of one gives a copy, the caller's to zero. */
    public List<Supplier<byte[]>> seeds() {
        return secrets.values().stream()
                .<Supplier<byte[]>>map(held -> held::exportSeed)
                .toList();
    }

    /** The key of a dataset, from its owner's broker and no other; the caller closes it. */
    public DatasetKey keyOf(DatasetManifest manifest) throws Malformed {
        var ofOwner = secrets.get(manifest.party());
        if (ofOwner == null) {
            throw new Malformed("no keys were released by party " + manifest.party());
        }
        return ofOwner.keyOf(manifest.dataset());
    }

    @Override
    public void close() {
        secrets.values().forEach(HeldSecrets::close);
    }
}
