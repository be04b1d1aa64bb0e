package dev.parley.web.policies;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.wire.SignedPolicyView;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;

/** One version of a bundle that this party signed. */
@Entity
@Table(name = "signed_policy")
@SuppressWarnings("NullAway.Init") // Hibernate fills the columns.
class StoredPolicy {
    @Embeddable
    record Key(String room, int version) {}

    @EmbeddedId
    Key key;

    String digest;
    String name;
    byte[] bundle;
    String approvals;

    @Column(name = "signed_at")
    Instant signedAt;

    @Column(name = "valid_until")
    Instant validUntil;

    Bytes canonical() {
        return Bytes.copyOf(bundle);
    }

    SignedPolicyView view() {
        return new SignedPolicyView(
                key.room(), name, key.version(), digest, signedAt.toString(), validUntil.toString());
    }
}
