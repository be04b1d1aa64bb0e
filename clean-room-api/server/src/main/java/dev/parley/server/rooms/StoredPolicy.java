package dev.parley.server.rooms;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.wire.PolicyState;
import dev.parley.protocol.wire.PolicyView;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One published version of a bundle. */
@Entity
@Table(name = "policy")
@SuppressWarnings("NullAway.Init") // Hibernate fills the columns that are not null.
class StoredPolicy {
    @Embeddable
    record Key(String room, int version) {}

    @EmbeddedId
    Key key;

    String digest;
    String name;
    byte[] bundle;

    @Column(name = "published_by")
    String publishedBy;

    @Column(name = "published_at")
    Instant publishedAt;

    @Column(name = "valid_from")
    Instant validFrom;

    @Column(name = "valid_until")
    Instant validUntil;

    @Nullable
    @Column(name = "activated_at")
    Instant activatedAt;

    Bytes canonical() {
        return Bytes.copyOf(bundle);
    }

    /** Whether every quorum signed and the version's time has begun. */
    boolean hasBegun(Instant now) {
        return activatedAt != null && !now.isBefore(validFrom);
    }

    /** @param newestBegun the newest version of the room that has begun, 0 without one */
    PolicyState state(Instant now, int newestBegun) {
        if (key.version() < newestBegun) {
            return PolicyState.SUPERSEDED;
        }
        if (!now.isBefore(validUntil)) {
            return PolicyState.EXPIRED;
        }
        return hasBegun(now) ? PolicyState.ACTIVE : PolicyState.PROPOSED;
    }

    PolicyView view(Instant now, int newestBegun, int approvals) {
        return new PolicyView(key.version(), digest, state(now, newestBegun), approvals);
    }
}
