package dev.parley.protocol.room;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.crypto.BadSignature;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.crypto.SigningKey;
import dev.parley.protocol.crypto.VerificationKey;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import java.time.Instant;
import java.util.List;

/**
 * The signed, expiring wish of a party to run one query on named versions of datasets, for named recipients. Signed with
 * a run key that the policy bundle names, so that an operator can neither ask in anyone's name nor change what was asked.
 * Specified in {@code docs/spec/key-release.md} §2.
 *
 * @param id 16 random bytes: one wish, however often it is sent
 * @param query template, plan and bound parameters, as the policy language prints them
 */
public record RunRequest(
        RoomId room,
        PolicyDigest policy,
        Bytes id,
        PartyId party,
        Query query,
        List<PartyId> recipients,
        Validity validity) {

    public static final String TYPE = "parley-run-request+jws";
    public static final int ID_SIZE = 16;
    private static final String KIND = "run-request/1";

    public RunRequest {
        requireNonNull(room);
        requireNonNull(policy);
        requireNonNull(party);
        requireNonNull(query);
        requireNonNull(validity);
        recipients = List.copyOf(recipients);
        if (id.size() != ID_SIZE) {
            throw new IllegalArgumentException("a run request's id has 16 bytes");
        }
    }

    /** What is asked of which data. */
    public record Query(TemplateId template, Json.Obj plan, Json.Obj parameters, List<DatasetVersion> datasets) {
        public Query {
            requireNonNull(template);
            requireNonNull(plan);
            requireNonNull(parameters);
            datasets = List.copyOf(datasets);
        }
    }

    /** From its issue, inclusive, until its expiry, exclusive. */
    public record Validity(Instant issuedAt, Instant expires) {
        public Validity {
            requireNonNull(issuedAt);
            requireNonNull(expires);
        }

        public boolean covers(Instant time) {
            return !time.isBefore(issuedAt) && time.isBefore(expires);
        }
    }

    /** Reads who asks in which room without believing it, to find the key that {@link #read} needs. */
    public static Claim unverifiedClaim(Jws signed) throws Malformed {
        var fields = Json.parseCanonical(signed.unverifiedPayload()).asObject().fields();
        fields.require("parley", KIND);
        return new Claim(
                fields.text("room", RoomId::parse),
                fields.text("policy", PolicyDigest::parse),
                fields.text("party", PartyId::parse));
    }

    /** What an unverified request says of itself. */
    public record Claim(RoomId room, PolicyDigest policy, PartyId party) {}

    public static RunRequest read(Jws signed, VerificationKey runKey) throws BadSignature, Malformed {
        var fields = signed.verify(TYPE, runKey).fields();
        fields.require("parley", KIND);
        var query = new Query(
                fields.text("template", TemplateId::parse),
                fields.value("plan").asObject(),
                fields.value("parameters").asObject(),
                fields.objects("datasets", DatasetVersion::read));
        var id = fields.bytes("id");
        if (id.size() != ID_SIZE) {
            throw new Malformed("a run request's id has 16 bytes");
        }
        var request = new RunRequest(
                fields.text("room", RoomId::parse),
                fields.text("policy", PolicyDigest::parse),
                id,
                fields.text("party", PartyId::parse),
                query,
                fields.texts("recipients", PartyId::parse),
                new Validity(fields.instant("issuedAt"), fields.instant("expires")));
        fields.end();
        return request;
    }

    public Json.Obj json() {
        return Json.object()
                .put("parley", KIND)
                .put("room", room.value())
                .put("policy", policy.hex())
                .put("id", id)
                .put("party", party.value())
                .put("template", query.template().value())
                .put("plan", query.plan())
                .put("parameters", query.parameters())
                .put("datasets", Json.array(query.datasets(), DatasetVersion::json))
                .put("recipients", Json.array(recipients, p -> Json.of(p.value())))
                .put("issuedAt", validity.issuedAt().toString())
                .put("expires", validity.expires().toString())
                .build();
    }

    public Jws sign(SigningKey runKey) {
        return Jws.sign(TYPE, json(), runKey);
    }

    /** Names the wish, whoever signed it how often: ECDSA signatures differ from one to the next. */
    public Sha384Digest digest() {
        return Sha384Digest.of(json());
    }
}
