package dev.parley.protocol.release;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.crypto.BadSignature;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.crypto.SigningKey;
import dev.parley.protocol.crypto.Thumbprint;
import dev.parley.protocol.crypto.VerificationKey;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.log.TreeHead;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.room.PolicyDigest;
import dev.parley.protocol.room.RoomId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A broker's question to one enclave about one run, and all that the enclave knows of time: it has no clock and no
 * memory, so it refuses against the instant and the newest policy that brokers sign here.
 *
 * @param nonce 32 random bytes, used once
 * @param newest the newest bundle that this party signed
 * @param revoked keys that no longer count, whatever the bundle says
 * @param lastSeen the newest head of the log that this broker saw; the run's must extend it
 */
public record Challenge(
        Subject subject,
        Bytes nonce,
        Instant issuedAt,
        Newest newest,
        List<Thumbprint> revoked,
        Optional<TreeHead> lastSeen) {

    public static final String TYPE = "parley-challenge+jws";
    public static final int NONCE_SIZE = 32;
    private static final String KIND = "challenge/1";

    public Challenge {
        requireNonNull(subject);
        requireNonNull(issuedAt);
        requireNonNull(newest);
        requireNonNull(lastSeen);
        revoked = List.copyOf(revoked);
        if (nonce.size() != NONCE_SIZE) {
            throw new IllegalArgumentException("a challenge's nonce has 32 bytes");
        }
    }

    /** Whose broker asks, about which run request in which room. */
    public record Subject(PartyId party, RoomId room, Sha384Digest runRequest) {
        public Subject {
            requireNonNull(party);
            requireNonNull(room);
            requireNonNull(runRequest);
        }
    }

    /** The newest policy version that the party signed. */
    public record Newest(int version, PolicyDigest digest) {
        public Newest {
            requireNonNull(digest);
        }
    }

    public static Challenge read(Jws signed, VerificationKey broker) throws BadSignature, Malformed {
        var fields = signed.verify(TYPE, broker).fields();
        fields.require("parley", KIND);
        var nonce = fields.bytes("nonce");
        if (nonce.size() != NONCE_SIZE) {
            throw new Malformed("a challenge's nonce has 32 bytes");
        }
        var challenge = new Challenge(
                readSubject(fields),
                nonce,
                fields.instant("issuedAt"),
                readNewest(fields.object("newest")),
                fields.texts("revoked", Thumbprint::parse),
                readHead(fields));
        fields.end();
        return challenge;
    }

    public Jws sign(SigningKey broker) {
        var payload = Json.object()
                .put("parley", KIND)
                .put("party", subject.party().value())
                .put("room", subject.room().value())
                .put("runRequest", subject.runRequest().hex())
                .put("nonce", nonce)
                .put("issuedAt", issuedAt.toString())
                .put(
                        "newest",
                        Json.object()
                                .put("version", newest.version())
                                .put("digest", newest.digest().hex())
                                .build())
                .put("revoked", Json.array(revoked, t -> Json.of(t.print())))
                .put("lastSeen", lastSeen.<Json>map(TreeHead::json).orElseGet(Json.Null::new))
                .build();
        return Jws.sign(TYPE, payload, broker);
    }

    private static Subject readSubject(Fields fields) throws Malformed {
        return new Subject(
                fields.text("party", PartyId::parse),
                fields.text("room", RoomId::parse),
                fields.text("runRequest", Sha384Digest::parse));
    }

    private static Newest readNewest(Fields fields) throws Malformed {
        var newest = new Newest(
                (int) fields.integer("version", 1, Integer.MAX_VALUE), fields.text("digest", PolicyDigest::parse));
        fields.end();
        return newest;
    }

    private static Optional<TreeHead> readHead(Fields fields) throws Malformed {
        var head = fields.optionalObject("lastSeen");
        return head.isPresent() ? Optional.of(TreeHead.read(head.get())) : Optional.empty();
    }
}
