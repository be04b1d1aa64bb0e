package dev.parley.server.datasets;

import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.sealing.DatasetManifest;
import dev.parley.protocol.wire.DatasetVersionView;
import dev.parley.protocol.wire.VersionState;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One version of a dataset with its manifest. */
@Entity
@Table(name = "dataset_version")
@SuppressWarnings("NullAway.Init") // Hibernate fills the columns that are not null.
class StoredVersion {
    @Embeddable
    record Key(String room, String dataset, int version) {}

    @EmbeddedId
    Key key;

    String owner;

    @Column(name = "manifest_digest")
    String manifestDigest;

    String manifest;

    @Column(name = "ciphertext_digest")
    String ciphertextDigest;

    @Column(name = "ciphertext_length")
    long ciphertextLength;

    @Nullable
    UUID object;

    @Column(name = "created_at")
    Instant createdAt;

    static StoredVersion of(DatasetManifest manifest, Jws signed, Instant now) {
        var version = new StoredVersion();
        version.key = new Key(manifest.room().value(), manifest.dataset().value(), manifest.version());
        version.owner = manifest.party().value();
        version.manifestDigest = manifest.digest().hex();
        version.manifest = signed.compact();
        version.ciphertextDigest = manifest.ciphertext().digest().hex();
        version.ciphertextLength = manifest.ciphertext().length();
        version.createdAt = now;
        return version;
    }

    DatasetVersionView view() {
        return new DatasetVersionView(
                key.dataset(),
                key.version(),
                owner,
                manifestDigest,
                manifest,
                object == null ? VersionState.AWAITING_UPLOAD : VersionState.READY,
                createdAt.toString());
    }
}
