package dev.parley.enclave.intake;

import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.release.ReleaseSecrets;
import dev.parley.protocol.release.Seed;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.sealing.DatasetKey;
import dev.parley.protocol.sealing.DatasetManifest;
import java.util.List;
import java.util.Map;

/** The secrets of one run, each seed proven to be the one that its broker committed to. Zeroed on close. */
public final class ReleasedKeys implements AutoCloseable {
    private final List<Jws> grants;
    private final Map<PartyId, ReleaseSecrets> secrets;

    ReleasedKeys(List<Jws> grants, Map<PartyId, ReleaseSecrets> secrets) {
        this.grants = List.copyOf(grants);
        this.secrets = Map.copyOf(secrets);
    }

    /** The promises under which the secrets came, for the receipt. */
    public List<Jws> grants() {
        return grants;
    }

    public List<Seed> seeds() {
        return secrets.values().stream().map(ReleaseSecrets::seed).toList();
    }

    /** The key of a dataset, from its owner's broker and no other; the caller closes it. */
    public DatasetKey keyOf(DatasetManifest manifest) throws Malformed {
        var ofOwner = secrets.get(manifest.party());
        if (ofOwner == null) {
            throw new Malformed("no keys were released by party " + manifest.party());
        }
        return DatasetKey.takeOwnershipOf(ofOwner.exportKey(manifest.dataset()));
    }

    @Override
    public void close() {
        secrets.values().forEach(ReleaseSecrets::close);
    }
}
