package dev.parley.protocol.release;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.crypto.BadSignature;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.SealingKey;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.crypto.SigningKey;
import dev.parley.protocol.crypto.VerificationKey;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.room.LineageId;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.room.PolicyDigest;
import dev.parley.protocol.room.QueryDigest;
import java.time.Instant;
import java.util.List;

/**
 * A broker's signed promise in the first phase: it verified this enclave for this run, reserved the budget, and is bound
 * to its seed. Specified in {@code docs/spec/key-release.md} §7.
 *
 * @param enclaveKey the attested key that the release will be sealed to
 * @param charge what the party's lineages will be charged, once, at the commit
 * @param expires the reservation lapses then
 */
public record Grant(
        PartyId party, Run run, SealingKey enclaveKey, Sha384Digest seedCommitment, Charge charge, Instant expires) {

    public static final String TYPE = "parley-grant+jws";
    private static final String KIND = "grant/1";

    public Grant {
        requireNonNull(party);
        requireNonNull(run);
        requireNonNull(enclaveKey);
        requireNonNull(seedCommitment);
        requireNonNull(charge);
        requireNonNull(expires);
    }

    /** What all grants of one run must agree on. */
    public record Run(Sha384Digest runRequest, QueryDigest query, PolicyDigest policy) {
        public Run {
            requireNonNull(runRequest);
            requireNonNull(query);
            requireNonNull(policy);
        }
    }

    /** Micro-ε per lineage of this party. */
    public record Charge(long microEpsilon, List<LineageId> lineages) {
        public Charge {
            lineages = List.copyOf(lineages);
            if (microEpsilon < 0) {
                throw new IllegalArgumentException("a charge is not negative");
            }
        }
    }

    public static Grant read(Jws signed, VerificationKey broker) throws BadSignature, Malformed {
        var fields = signed.verify(TYPE, broker).fields();
        fields.require("parley", KIND);
        var grant = new Grant(
                fields.text("party", PartyId::parse),
                new Run(
                        fields.text("runRequest", Sha384Digest::parse),
                        fields.text("query", QueryDigest::parse),
                        fields.text("policy", PolicyDigest::parse)),
                SealingKey.parsePoint(fields.bytes("enclaveKey")),
                fields.text("seedCommitment", Sha384Digest::parse),
                readCharge(fields),
                fields.instant("expires"));
        fields.end();
        return grant;
    }

    public Json.Obj json() {
        return Json.object()
                .put("parley", KIND)
                .put("party", party.value())
                .put("runRequest", run.runRequest().hex())
                .put("query", run.query().hex())
                .put("policy", run.policy().hex())
                .put("enclaveKey", enclaveKey.point())
                .put("seedCommitment", seedCommitment.hex())
                .put("microEpsilon", Long.toString(charge.microEpsilon()))
                .put("lineages", Json.array(charge.lineages(), l -> Json.of(l.value())))
                .put("expires", expires.toString())
                .build();
    }

    public Jws sign(SigningKey broker) {
        return Jws.sign(TYPE, json(), broker);
    }

    private static Charge readCharge(Fields fields) throws Malformed {
        var microEpsilon = fields.longText("microEpsilon");
        if (microEpsilon < 0) {
            throw new Malformed("a charge is not negative");
        }
        return new Charge(microEpsilon, fields.texts("lineages", LineageId::parse));
    }
}
