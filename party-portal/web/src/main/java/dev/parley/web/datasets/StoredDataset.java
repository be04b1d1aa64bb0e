package dev.parley.web.datasets;

import dev.parley.protocol.wire.HeldDatasetView;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One sealed version and, until it is shredded, its wrapped key. */
@Entity
@Table(name = "held_dataset")
@SuppressWarnings("NullAway.Init") // Hibernate fills the columns that are not null.
class StoredDataset {
    @Embeddable
    record Key(String room, String dataset, int version) {}

    @EmbeddedId
    Key key;

    /** The manifest's digest. */
    String manifest;

    /** The signed manifest. */
    String statement;

    String lineage;

    @Column(name = "wrapped_key")
    byte @Nullable [] wrappedKey;

    @Column(name = "stored_at")
    Instant storedAt;

    @Column(name = "shredded_at")
    @Nullable
    Instant shreddedAt;

    HeldDatasetView view() {
        return new HeldDatasetView(
                key.room(),
                key.dataset(),
                key.version(),
                manifest,
                lineage,
                storedAt.toString(),
                shreddedAt == null ? null : shreddedAt.toString());
    }
}
