package dev.parley.protocol.room;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.crypto.BadSignature;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.SigningKey;
import dev.parley.protocol.crypto.VerificationKey;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import java.time.Instant;
import java.util.Optional;

/**
 * One person's signature under one version of a policy bundle. Specified in {@code docs/spec/policy-bundle.md}.
 *
 * @param previous the digest of the version that this one follows, if any
 * @param expires from then on the approval no longer counts
 */
public record Approval(
        RoomId room,
        int version,
        Optional<PolicyDigest> previous,
        PolicyDigest digest,
        PartyId party,
        String role,
        Instant expires) {

    public static final String TYPE = "parley-approval+jws";
    private static final String KIND = "approval/1";

    public Approval {
        requireNonNull(room);
        requireNonNull(previous);
        requireNonNull(digest);
        requireNonNull(party);
        requireNonNull(expires);
        Name.check(role);
        if (version < 1) {
            throw new IllegalArgumentException("versions count from 1");
        }
    }

    public static Approval read(Jws signed, VerificationKey approver) throws BadSignature, Malformed {
        var fields = signed.verify(TYPE, approver).fields();
        fields.require("parley", KIND);
        var approval = new Approval(
                fields.text("room", RoomId::parse),
                (int) fields.integer("version", 1, Integer.MAX_VALUE),
                fields.optionalText("previous", PolicyDigest::parse),
                fields.text("digest", PolicyDigest::parse),
                fields.text("party", PartyId::parse),
                fields.text("role", Name::parse),
                fields.instant("expires"));
        fields.end();
        return approval;
    }

    public Jws sign(SigningKey approver) {
        var payload = Json.object()
                .put("parley", KIND)
                .put("room", room.value())
                .put("version", version)
                .put("previous", previous.map(PolicyDigest::hex).orElse(null))
                .put("digest", digest.hex())
                .put("party", party.value())
                .put("role", role)
                .put("expires", expires.toString())
                .build();
        return Jws.sign(TYPE, payload, approver);
    }
}
