package dev.parley.protocol.receipt;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.attestation.Measurement;
import dev.parley.protocol.attestation.ParentRole;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.crypto.Thumbprint;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.log.TreeHead;
import dev.parley.protocol.release.Grant;
import dev.parley.protocol.room.DatasetVersion;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.room.PolicyDigest;
import dev.parley.protocol.room.QueryDigest;
import dev.parley.protocol.room.RoomId;
import dev.parley.protocol.room.TemplateId;
import java.util.List;
import java.util.Optional;

/**
 * What an enclave states of a finished run.
 *
 * @param measurement the program that ran
 * @param role of the instance that launched it, with the isolation of a simulated one
 * @param datasets which versions were read
 * @param limits the limits in force, as the policy language prints them
 * @param grants the signed promises of all brokers concerned
 * @param results the ciphertexts that went out
 * @param logHead the head of the log when the run began
 */
public record Receipt(
        Subject subject,
        Measurement measurement,
        Optional<ParentRole> role,
        List<DatasetVersion> datasets,
        Json.Obj limits,
        List<Jws> grants,
        List<SealedResult> results,
        TreeHead logHead) {

    private static final String KIND = "receipt/1";

    public Receipt {
        requireNonNull(subject);
        requireNonNull(measurement);
        requireNonNull(role);
        datasets = List.copyOf(datasets);
        requireNonNull(limits);
        grants = List.copyOf(grants);
        results = List.copyOf(results);
        requireNonNull(logHead);
    }

    /** Which run the receipt speaks of. */
    public record Subject(RoomId room, TemplateId template, Grant.Run run) {
        public Subject {
            requireNonNull(room);
            requireNonNull(template);
            requireNonNull(run);
        }
    }

    /** SHA-384 of one recipient's ciphertext, and the key it is sealed to. */
    public record SealedResult(PartyId recipient, Thumbprint key, Sha384Digest ciphertext) {
        public SealedResult {
            requireNonNull(recipient);
            requireNonNull(key);
            requireNonNull(ciphertext);
        }

        static SealedResult read(Fields fields) throws Malformed {
            return new SealedResult(
                    fields.text("recipient", PartyId::parse),
                    fields.text("key", Thumbprint::parse),
                    fields.text("ciphertext", Sha384Digest::parse));
        }

        Json.Obj json() {
            return Json.object()
                    .put("recipient", recipient.value())
                    .put("key", key.print())
                    .put("ciphertext", ciphertext.hex())
                    .build();
        }
    }

    /** Reads canonical JSON; only {@link ReceiptVerifier} makes it believable. */
    public static Receipt parse(Bytes canonical) throws Malformed {
        var fields = Json.parseCanonical(canonical).asObject().fields();
        fields.require("parley", KIND);
        var run = new Grant.Run(
                fields.text("runRequest", Sha384Digest::parse),
                fields.text("query", QueryDigest::parse),
                fields.text("policy", PolicyDigest::parse));
        var measurement = fields.object("measurement");
        var receipt = new Receipt(
                new Subject(fields.text("room", RoomId::parse), fields.text("template", TemplateId::parse), run),
                Measurement.read(measurement),
                fields.optionalText("role", ParentRole::parse),
                fields.objects("datasets", DatasetVersion::read),
                fields.value("limits").asObject(),
                fields.texts("grants", Jws::parse),
                fields.objects("results", SealedResult::read),
                TreeHead.read(fields.object("logHead")));
        measurement.end();
        fields.end();
        return receipt;
    }

    /** The canonical bytes. */
    public Bytes print() {
        return Json.object()
                .put("parley", KIND)
                .put("room", subject.room().value())
                .put("template", subject.template().value())
                .put("runRequest", subject.run().runRequest().hex())
                .put("query", subject.run().query().hex())
                .put("policy", subject.run().policy().hex())
                .put("measurement", measurement.json())
                .put("role", role.map(ParentRole::text).orElse(null))
                .put("datasets", Json.array(datasets, DatasetVersion::json))
                .put("limits", limits)
                .put("grants", Json.array(grants, g -> Json.of(g.compact())))
                .put("results", Json.array(results, SealedResult::json))
                .put("logHead", logHead.json())
                .build()
                .canonical();
    }

    /** The {@code user_data} of the evidence that attests this receipt, under its own label. */
    public Sha384Digest binding() {
        return Sha384Digest.of(Json.object()
                .put("parley", "receipt-binding/1")
                .put("receipt", Sha384Digest.of(print()).hex())
                .build());
    }
}
