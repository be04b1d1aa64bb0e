package dev.parley.server.rooms;

import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.room.Approval;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;

/** One verified approval: at most one per approver key and version. */
@Entity
@Table(name = "approval")
@SuppressWarnings("NullAway.Init") // Hibernate fills the columns, none of which is null.
class StoredApproval {
    @Embeddable
    record Key(String room, int version, String signer) {}

    @EmbeddedId
    Key key;

    String party;
    String role;
    String statement;

    @Column(name = "approved_at")
    Instant approvedAt;

    static StoredApproval of(Approval approval, Jws statement, Instant now) {
        var stored = new StoredApproval();
        stored.key = new Key(
                approval.room().value(), approval.version(), statement.signer().print());
        stored.party = approval.party().value();
        stored.role = approval.role();
        stored.statement = statement.compact();
        stored.approvedAt = now;
        return stored;
    }
}
