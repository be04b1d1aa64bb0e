package dev.parley.server.runs;

import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.RoomId;
import dev.parley.protocol.wire.RunState;
import dev.parley.protocol.wire.RunView;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A run in the queue or behind it. Changed only by who holds its row's lock. */
@Entity
@Table(name = "run")
@SuppressWarnings("NullAway.Init") // Hibernate fills the columns that are not null.
public class StoredRun {
    @Id
    UUID id;

    /** The order of submission, given by the database. */
    @Column(insertable = false, updatable = false)
    long seq;

    String room;

    @Column(name = "policy_version")
    int policyVersion;

    String party;
    String template;
    String request;

    @Column(name = "request_digest")
    String requestDigest;

    @Column(name = "answer_key")
    String answerKey;

    Instant expires;

    @Enumerated(EnumType.STRING)
    @Column(columnDefinition = "text")
    RunState state;

    String step;

    @Nullable
    String code;

    int attempts;

    @Column(name = "submitted_at")
    Instant submittedAt;

    @Column(name = "available_at")
    Instant availableAt;

    @Nullable
    @Column(name = "finished_at")
    Instant finishedAt;

    @Nullable
    @Column(name = "repeat_of")
    UUID repeatOf;

    @Nullable
    String isolation;

    @Nullable
    String host;

    @Nullable
    UUID lease;

    @Nullable
    @Column(name = "lease_expires")
    Instant leaseExpires;

    @Column(name = "fencing_token")
    long fencingToken;

    public UUID id() {
        return id;
    }

    public RoomId roomId() {
        try {
            return RoomId.parse(room);
        } catch (Malformed e) {
            throw new IllegalStateException("a stored room was parsed before it was stored", e);
        }
    }

    public int policyVersion() {
        return policyVersion;
    }

    public String request() {
        return request;
    }

    public String requestDigest() {
        return requestDigest;
    }

    public Jws signedRequest() {
        try {
            return Jws.parse(request);
        } catch (Malformed e) {
            throw new IllegalStateException("a stored request was parsed before it was stored", e);
        }
    }

    public RunState state() {
        return state;
    }

    public int attempts() {
        return attempts;
    }

    public long fencingToken() {
        return fencingToken;
    }

    public Optional<Instant> leaseExpires() {
        return Optional.ofNullable(leaseExpires);
    }

    public boolean isExpired(Instant now) {
        return !now.isBefore(expires);
    }

    /** The run whose results and receipt answer this one. */
    UUID answeredBy() {
        return repeatOf == null ? id : repeatOf;
    }

    public void lease(String toHost, UUID newLease, long token, Instant until) {
        state = RunState.RUNNING;
        host = toHost;
        lease = newLease;
        fencingToken = token;
        leaseExpires = until;
        attempts++;
        step = "";
    }

    public void renew(Instant until) {
        leaseExpires = until;
    }

    public void reached(String newStep) {
        step = newStep;
    }

    /** Waits again, until {@code from} at least. */
    public void requeue(@Nullable String why, Instant from) {
        state = RunState.QUEUED;
        code = why;
        lease = null;
        leaseExpires = null;
        availableAt = from;
    }

    public void finish(RunState end, @Nullable String why, Instant now) {
        state = end;
        code = why;
        finishedAt = now;
        leaseExpires = null;
    }

    public void isolatedBy(String words) {
        isolation = words;
    }

    public RunView view() {
        return new RunView(
                id.toString(),
                room,
                template,
                party,
                state,
                step,
                code,
                attempts,
                submittedAt.toString(),
                Objects.toString(finishedAt, null),
                Objects.toString(repeatOf, null),
                isolation);
    }
}
