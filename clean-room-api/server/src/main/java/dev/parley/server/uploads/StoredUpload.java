package dev.parley.server.uploads;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.DatasetId;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.room.RoomId;
import dev.parley.server.datasets.AnnouncedCiphertext;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One upload: whose, of what. How far it is, the disk knows. */
@Entity
@Table(name = "upload")
@SuppressWarnings("NullAway.Init") // Hibernate fills the columns that are not null.
class StoredUpload {
    @Id
    UUID id;

    String party;
    String room;
    String dataset;
    int version;
    long length;

    @Column(name = "created_at")
    Instant createdAt;

    @Nullable
    @Column(name = "completed_at")
    Instant completedAt;

    static StoredUpload of(AnnouncedCiphertext ciphertext, PartyId party, Instant now) {
        var upload = new StoredUpload();
        upload.id = UUID.randomUUID();
        upload.party = party.value();
        upload.room = ciphertext.name().room().value();
        upload.dataset = ciphertext.name().dataset().value();
        upload.version = ciphertext.name().version();
        upload.length = ciphertext.length();
        upload.createdAt = now;
        return upload;
    }

    AnnouncedCiphertext.Name name() {
        try {
            return new AnnouncedCiphertext.Name(RoomId.parse(room), DatasetId.parse(dataset), version);
        } catch (Malformed e) {
            throw new IllegalStateException("stored names were parsed before they were stored", e);
        }
    }
}
