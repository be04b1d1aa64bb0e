package dev.parley.server.uploads;

import dev.parley.protocol.room.PartyId;
import dev.parley.server.datasets.AnnouncedCiphertext;
import dev.parley.server.datasets.Datasets;
import dev.parley.server.http.ProblemCode;
import dev.parley.server.http.Refused;
import dev.parley.server.objects.Objects;
import dev.parley.server.objects.ObjectsConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.hibernate.StatelessSession;

/** The uploads that were begun. */
@ApplicationScoped
class Uploads {
    private final StatelessSession session;
    private final Datasets datasets;
    private final Objects objects;
    private final ObjectsConfig config;
    private final InstantSource time;

    Uploads(StatelessSession session, Datasets datasets, Objects objects, ObjectsConfig config, InstantSource time) {
        this.session = session;
        this.datasets = datasets;
        this.objects = objects;
        this.config = config;
        this.time = time;
    }

    @Transactional
    StoredUpload begin(AnnouncedCiphertext.Name name, long length, PartyId party) throws IOException {
        var ciphertext = datasets.announced(name, party);
        if (ciphertext.object().isPresent()) {
            throw Refused.with(ProblemCode.UPLOAD_COMPLETE, "this version is READY");
        }
        if (length > config.maxLength()) {
            throw Refused.with(ProblemCode.BODY_TOO_LARGE, "at most " + config.maxLength() + " bytes");
        }
        if (length != ciphertext.length()) {
            throw Refused.with(ProblemCode.UPLOAD_LENGTH_MISMATCH, "Upload-Length is not that of the manifest");
        }
        var upload = StoredUpload.of(ciphertext, party, time.instant());
        session.insert(upload);
        objects.begin(upload.id);
        return upload;
    }

    /** A party's own upload; another party's is not there. */
    @Transactional
    StoredUpload require(UUID id, PartyId party) {
        var upload = session.get(StoredUpload.class, id);
        if (upload == null || !upload.party.equals(party.value())) {
            throw Refused.notFound();
        }
        return upload;
    }

    @Transactional
    AnnouncedCiphertext announced(StoredUpload upload) {
        return datasets.announced(upload.name());
    }

    /** Says whether this upload, rather than another of the same ciphertext, is the one that counts. */
    @Transactional
    boolean complete(StoredUpload upload) {
        var first = datasets.complete(upload.name(), upload.id);
        upload.completedAt = time.instant();
        session.update(upload);
        return first;
    }

    /** Forgets an upload that is not complete; says whether there was one. */
    @Transactional
    boolean forget(UUID id) {
        return session.createMutationQuery("delete from StoredUpload where id = :id and completedAt is null")
                        .setParameter("id", id)
                        .executeUpdate()
                == 1;
    }

    @Transactional
    List<UUID> begunBefore(Instant instant) {
        return session.createSelectionQuery(
                        "select id from StoredUpload where completedAt is null and createdAt < :instant", UUID.class)
                .setParameter("instant", instant)
                .getResultList();
    }
}
