package dev.parley.protocol.release;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.attestation.Measurement;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.room.DatasetVersion;
import dev.parley.protocol.room.PolicyDigest;
import dev.parley.protocol.room.QueryDigest;
import dev.parley.protocol.room.RunRequest;

/**
 * What makes two queries the same, and so charged once: the query, its data, the program and the policy. Who asks, and
 * who receives, stay outside. Specified in {@code docs/spec/key-release.md} §3.
 */
public record QueryIdentity(RunRequest.Query query, Measurement measurement, PolicyDigest policy) {
    private static final String KIND = "query/1";

    public QueryIdentity {
        requireNonNull(query);
        requireNonNull(measurement);
        requireNonNull(policy);
    }

    public QueryDigest digest() {
        var json = Json.object()
                .put("parley", KIND)
                .put("template", query.template().value())
                .put("plan", query.plan())
                .put("parameters", query.parameters())
                .put("datasets", Json.array(query.datasets(), DatasetVersion::json))
                .put("measurement", measurement.json())
                .put("policy", policy.hex())
                .build();
        return new QueryDigest(Sha384Digest.of(json));
    }
}
