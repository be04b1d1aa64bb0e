package dev.parley.protocol.release;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.Sha256Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import java.util.List;

/**
 * What the enclave shows a broker in the first phase. Nothing of it is believed for having been sent; the broker
 * recomputes every digest. Specified in {@code docs/spec/key-release.md} §6.
 *
 * @param evidence the attestation document whose nonce answers the broker's challenge
 * @param runRequest the signed run request
 * @param policy the canonical bundle and the approvals of all parties
 * @param manifests the signed manifests of the datasets, in the order of the run request
 * @param configuration the settings that the enclave runs with
 * @param log the signed checkpoint, with proof that it extends the head named in the challenge
 */
public record PrepareRequest(
        Bytes evidence, Jws runRequest, Policy policy, List<Jws> manifests, Json.Obj configuration, LogView log) {
    private static final String KIND = "prepare/1";

    public PrepareRequest {
        requireNonNull(evidence);
        requireNonNull(runRequest);
        requireNonNull(policy);
        requireNonNull(configuration);
        requireNonNull(log);
        manifests = List.copyOf(manifests);
    }

    /** A canonical bundle and signatures under it. */
    public record Policy(Bytes bundle, List<Jws> approvals) {
        public Policy {
            requireNonNull(bundle);
            approvals = List.copyOf(approvals);
        }
    }

    /** A checkpoint note and the RFC 6962 consistency proof from the challenge's head; empty without one. */
    public record LogView(String checkpoint, List<Sha256Digest> consistency) {
        public LogView {
            requireNonNull(checkpoint);
            consistency = List.copyOf(consistency);
        }
    }

    public static PrepareRequest parse(Bytes body) throws Malformed {
        var fields = Json.parse(body).asObject().fields();
        fields.require("parley", KIND);
        var request = new PrepareRequest(
                fields.bytes("evidence"),
                fields.text("runRequest", Jws::parse),
                new Policy(fields.bytes("bundle"), fields.texts("approvals", Jws::parse)),
                fields.texts("manifests", Jws::parse),
                fields.value("configuration").asObject(),
                new LogView(fields.string("checkpoint"), fields.texts("consistency", Sha256Digest::parse)));
        fields.end();
        return request;
    }

    public Bytes print() {
        return Json.object()
                .put("parley", KIND)
                .put("evidence", evidence)
                .put("runRequest", runRequest.compact())
                .put("bundle", policy.bundle())
                .put("approvals", Json.array(policy.approvals(), j -> Json.of(j.compact())))
                .put("manifests", Json.array(manifests, j -> Json.of(j.compact())))
                .put("configuration", configuration)
                .put("checkpoint", log.checkpoint())
                .put("consistency", Json.array(log.consistency(), d -> Json.of(d.hex())))
                .build()
                .canonical();
    }
}
