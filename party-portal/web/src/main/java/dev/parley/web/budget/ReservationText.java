package dev.parley.web.budget;

import dev.parley.protocol.crypto.SealingKey;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.crypto.VerificationKey;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.release.Grant;
import dev.parley.protocol.room.DatasetVersion;
import dev.parley.protocol.room.LineageId;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.room.PolicyDigest;
import dev.parley.protocol.room.QueryDigest;
import dev.parley.protocol.room.RoomId;
import dev.parley.protocol.room.TemplateId;
import java.util.LinkedHashMap;
import java.util.Map;

/** A reservation as it rests between the two phases: canonical JSON. */
final class ReservationText {
    private static final String KIND = "reservation/1";

    private ReservationText() {}

    static String print(Reservation reservation) {
        var subject = reservation.subject();
        var brokers = Json.object();
        reservation.brokers().forEach((party, key) -> brokers.put(party.value(), key.jwk()));
        var json = Json.object()
                .put("parley", KIND)
                .put("grant", reservation.grant().json())
                .put("room", subject.room().value())
                .put("template", subject.template().value())
                .put("runner", subject.runner().value())
                .put("requestId", subject.requestId())
                .put("datasets", Json.array(reservation.datasets(), DatasetVersion::json))
                .put("brokers", brokers.build())
                .put("terms", reservation.terms().json())
                .build();
        return new String(json.canonical().toArray(), java.nio.charset.StandardCharsets.UTF_8);
    }

    static Reservation parse(String text) {
        try {
            var fields = Json.parseCanonical(Bytes.utf8(text)).asObject().fields();
            fields.require("parley", KIND);
            var reservation = new Reservation(
                    grant(fields.object("grant")),
                    new Reservation.Subject(
                            fields.text("room", RoomId::parse),
                            fields.text("template", TemplateId::parse),
                            fields.text("runner", PartyId::parse),
                            fields.bytes("requestId")),
                    fields.objects("datasets", DatasetVersion::read),
                    brokers(fields.object("brokers")),
                    Terms.read(fields.object("terms")));
            fields.end();
            return reservation;
        } catch (Malformed e) {
            throw new IllegalStateException("a stored reservation is one that was printed", e);
        }
    }

    private static Grant grant(Fields fields) throws Malformed {
        return new Grant(
                fields.text("party", PartyId::parse),
                new Grant.Run(
                        fields.text("runRequest", Sha384Digest::parse),
                        fields.text("query", QueryDigest::parse),
                        fields.text("policy", PolicyDigest::parse)),
                SealingKey.parsePoint(fields.bytes("enclaveKey")),
                fields.text("seedCommitment", Sha384Digest::parse),
                new Grant.Charge(fields.longText("microEpsilon"), fields.texts("lineages", LineageId::parse)),
                fields.instant("expires"));
    }

    private static Map<PartyId, VerificationKey> brokers(Fields fields) throws Malformed {
        Map<PartyId, VerificationKey> brokers = new LinkedHashMap<>();
        for (var party : fields.names()) {
            brokers.put(PartyId.parse(party), VerificationKey.read(fields.object(party)));
        }
        return brokers;
    }
}
