package dev.parley.server.datasets;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.DatasetId;
import dev.parley.protocol.room.DatasetVersion;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.room.RoomId;
import dev.parley.protocol.sealing.CiphertextDigest;
import dev.parley.protocol.wire.DatasetList;
import dev.parley.protocol.wire.DatasetView;
import dev.parley.server.http.Refused;
import dev.parley.server.log.Event;
import dev.parley.server.log.Log;
import dev.parley.server.rooms.Rooms;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.StatelessSession;

/** All versions of all datasets. */
@ApplicationScoped
public class Datasets {
    private final StatelessSession session;
    private final Rooms rooms;
    private final Log log;

    Datasets(StatelessSession session, Rooms rooms, Log log) {
        this.session = session;
        this.rooms = rooms;
        this.log = log;
    }

    @Transactional
    public DatasetList of(RoomId room, PartyId party) {
        rooms.requireVisible(room, party);
        var byDataset = new LinkedHashMap<String, List<StoredVersion>>();
        for (var version : versions(room)) {
            byDataset
                    .computeIfAbsent(version.key.dataset(), id -> new ArrayList<>())
                    .add(version);
        }
        return new DatasetList(byDataset.entrySet().stream()
                .map(e -> new DatasetView(
                        e.getKey(),
                        e.getValue().getFirst().owner,
                        e.getValue().stream().map(StoredVersion::view).toList()))
                .toList());
    }

    /** The manifest of a version whose ciphertext is there, if it is the one that {@code wanted} names. */
    @Transactional
    public Optional<String> readyManifest(RoomId room, DatasetVersion wanted) {
        return find(room, wanted.dataset(), wanted.version())
                .filter(v -> v.object != null)
                .filter(v -> v.manifestDigest.equals(wanted.manifest().hex()))
                .map(v -> v.manifest);
    }

    /** What a party's own manifest announces; another party's is not there. */
    @Transactional
    public AnnouncedCiphertext announced(AnnouncedCiphertext.Name name, PartyId owner) {
        return find(name.room(), name.dataset(), name.version())
                .filter(v -> v.owner.equals(owner.value()))
                .map(v -> announced(name, v))
                .orElseThrow(Refused::notFound);
    }

    /** What is there of a version, for hosts. */
    @Transactional
    public AnnouncedCiphertext announced(AnnouncedCiphertext.Name name) {
        return find(name.room(), name.dataset(), name.version())
                .map(v -> announced(name, v))
                .orElseThrow(Refused::notFound);
    }

    /** Records that the ciphertext is there under {@code object}; the first to say so counts, and is told so. */
    @Transactional
    public boolean complete(AnnouncedCiphertext.Name name, UUID object) {
        var updated = session.createNativeMutationQuery("update dataset_version set object = :object"
                        + " where room = :room and dataset = :dataset and version = :version and object is null")
                .setParameter("object", object)
                .setParameter("room", name.room().value())
                .setParameter("dataset", name.dataset().value())
                .setParameter("version", name.version())
                .executeUpdate();
        if (updated == 0) {
            return false;
        }
        var version = find(name.room(), name.dataset(), name.version()).orElseThrow();
        log.append(Event.of("dataset-uploaded", name.room())
                .with("dataset", name.dataset().value())
                .with("version", name.version())
                .with("manifest", version.manifestDigest)
                .with("ciphertext", version.ciphertextDigest));
        return true;
    }

    Optional<StoredVersion> find(RoomId room, DatasetId dataset, int version) {
        return Optional.ofNullable(
                session.get(StoredVersion.class, new StoredVersion.Key(room.value(), dataset.value(), version)));
    }

    private List<StoredVersion> versions(RoomId room) {
        return session.createSelectionQuery(
                        "from StoredVersion where key.room = :room order by key.dataset, key.version",
                        StoredVersion.class)
                .setParameter("room", room.value())
                .getResultList();
    }

    private static AnnouncedCiphertext announced(AnnouncedCiphertext.Name name, StoredVersion version) {
        try {
            return new AnnouncedCiphertext(
                    name,
                    version.ciphertextLength,
                    CiphertextDigest.parse(version.ciphertextDigest),
                    Optional.ofNullable(version.object));
        } catch (Malformed e) {
            throw new IllegalStateException("a stored digest was parsed before it was stored", e);
        }
    }
}
