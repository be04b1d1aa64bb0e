package dev.parley.server.datasets;

import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.protocol.crypto.BadSignature;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.DatasetId;
import dev.parley.protocol.room.KeyUse;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.room.RoomId;
import dev.parley.protocol.sealing.DatasetManifest;
import dev.parley.protocol.wire.DatasetVersionView;
import dev.parley.server.http.Outcome;
import dev.parley.server.http.ProblemCode;
import dev.parley.server.http.Refused;
import dev.parley.server.rooms.Rooms;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import org.hibernate.StatelessSession;

/** Takes up manifests: signed by a steward of the owner, for the next version. */
@ApplicationScoped
class Announcement {
    private final StatelessSession session;
    private final Rooms rooms;
    private final Datasets datasets;
    private final InstantSource time;

    Announcement(StatelessSession session, Rooms rooms, Datasets datasets, InstantSource time) {
        this.session = session;
        this.rooms = rooms;
        this.datasets = datasets;
        this.time = time;
    }

    @Transactional
    Outcome<DatasetVersionView> announce(RoomId room, DatasetId dataset, Jws signed, PartyId by)
            throws Malformed, BadSignature {
        rooms.requireVisible(room, by);
        var bundle = rooms.requireActive(room).bundle();
        var manifest = verify(bundle, dataset, signed, by);
        session.createNativeQuery("select id from room where id = :id for update", String.class)
                .setParameter("id", room.value())
                .getSingleResult();
        var known = datasets.find(room, dataset, manifest.version());
        if (known.isPresent()) {
            return again(known.get(), manifest);
        }
        requireNext(manifest);
        var version = StoredVersion.of(manifest, signed, time.instant());
        session.insert(version);
        return new Outcome<>(version.view(), true);
    }

    private static DatasetManifest verify(PolicyBundle bundle, DatasetId dataset, Jws signed, PartyId by)
            throws Malformed, BadSignature {
        var declared = bundle.dataset(dataset).filter(d -> d.owner().equals(by)).orElseThrow(Refused::notFound);
        var steward = bundle.party(by)
                .flatMap(p -> p.key(KeyUse.STEWARD, signed.signer()))
                .orElseThrow(() -> new BadSignature("the signer is no steward of the owner"));
        var manifest = DatasetManifest.read(signed, steward.verificationKey());
        if (!manifest.room().equals(bundle.room())
                || !manifest.dataset().equals(dataset)
                || !manifest.party().equals(by)
                || !manifest.lineage().equals(declared.lineage())
                || manifest.trustDomain() != bundle.referenceValues().trustDomain()) {
            throw Refused.with(
                    ProblemCode.MANIFEST_MISMATCH, "room, dataset, party, lineage and trust domain are the policy's");
        }
        return manifest;
    }

    private static Outcome<DatasetVersionView> again(StoredVersion known, DatasetManifest manifest) {
        if (!known.manifestDigest.equals(manifest.digest().hex())) {
            throw Refused.with(ProblemCode.DATASET_VERSION_TAKEN, "version " + manifest.version());
        }
        return new Outcome<>(known.view(), false);
    }

    private void requireNext(DatasetManifest manifest) {
        var newest = session.createSelectionQuery(
                        "select coalesce(max(key.version), 0) from StoredVersion"
                                + " where key.room = :room and key.dataset = :dataset",
                        Integer.class)
                .setParameter("room", manifest.room().value())
                .setParameter("dataset", manifest.dataset().value())
                .getSingleResult();
        if (manifest.version() != newest + 1) {
            throw Refused.with(ProblemCode.DATASET_VERSION_NOT_NEXT, "the next version is " + (newest + 1));
        }
    }
}
