package dev.parley.web.datasets;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.room.DatasetVersion;
import dev.parley.protocol.room.RoomId;
import dev.parley.protocol.sealing.SealedVersion;
import dev.parley.protocol.sealing.WrappedDatasetKey;
import dev.parley.protocol.wire.HeldDatasetList;
import dev.parley.web.http.Refused;
import dev.parley.web.keys.BrokerKeys;
import dev.parley.web.release.HeldDatasets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.Optional;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** What is held, for the broker and for people; and the end of it. */
@ApplicationScoped
public class DatasetRegister implements HeldDatasets {
    private final StatelessSession session;
    private final BrokerKeys keys;
    private final InstantSource time;

    DatasetRegister(StatelessSession session, BrokerKeys keys, InstantSource time) {
        this.session = session;
        this.keys = keys;
        this.time = time;
    }

    @Override
    @Transactional
    public Optional<WrappedDatasetKey> key(RoomId room, DatasetVersion version) {
        var row = row(room.value(), version.dataset().value(), version.version());
        if (row == null
                || row.wrappedKey == null
                || !row.manifest.equals(version.manifest().hex())) {
            return Optional.empty();
        }
        var sealed = new SealedVersion(room, version.dataset(), version.version(), keys.party());
        return Optional.of(new WrappedDatasetKey(sealed, keys.wrapKey().thumbprint(), Bytes.copyOf(row.wrappedKey)));
    }

    @Transactional
    public HeldDatasetList list() {
        return new HeldDatasetList(session
                .createSelectionQuery(
                        "from StoredDataset order by key.room, key.dataset, key.version", StoredDataset.class)
                .getResultList()
                .stream()
                .map(StoredDataset::view)
                .toList());
    }

    /**
     * Destroys the wrapped key of one version; again is no mistake. Copies in backups of this database still need the
     * wrap key, which the party replaces when it must be sure.
     */
    @Transactional
    public void shred(SealedVersion version) {
        var row = row(version.room().value(), version.dataset().value(), version.version());
        if (row == null) {
            throw Refused.notFound();
        }
        if (row.wrappedKey != null) {
            row.wrappedKey = null;
            row.shreddedAt = time.instant();
            session.update(row);
        }
    }

    @Nullable
    StoredDataset row(String room, String dataset, int version) {
        return session.get(StoredDataset.class, new StoredDataset.Key(room, dataset, version));
    }
}
