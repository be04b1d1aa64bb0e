package dev.parley.protocol.wire;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import java.util.List;

/**
 * A run that a host may work on until the lease expires, with all that the enclave needs.
 *
 * @param fencingToken grows with every claim of the run; an older one is refused
 * @param bundle the canonical bundle, in base64url
 * @param checkpoint the newest signed head of the log
 * @param configuration the settings that the enclave runs with
 */
public record RunClaim(
        String run,
        String lease,
        long fencingToken,
        String leaseExpires,
        String bundle,
        List<String> approvals,
        String runRequest,
        List<String> manifests,
        String checkpoint,
        Json.Obj configuration)
        implements Message {
    public RunClaim {
        requireNonNull(run);
        requireNonNull(lease);
        requireNonNull(leaseExpires);
        requireNonNull(bundle);
        requireNonNull(runRequest);
        requireNonNull(checkpoint);
        requireNonNull(configuration);
        approvals = List.copyOf(approvals);
        manifests = List.copyOf(manifests);
    }

    public static RunClaim read(Fields fields) throws Malformed {
        return new RunClaim(
                fields.string("run"),
                fields.string("lease"),
                fields.integer("fencingToken"),
                fields.string("leaseExpires"),
                fields.string("bundle"),
                fields.texts("approvals", text -> text),
                fields.string("runRequest"),
                fields.texts("manifests", text -> text),
                fields.string("checkpoint"),
                fields.value("configuration").asObject());
    }

    @Override
    public Json.Obj json() {
        return Json.object()
                .put("run", run)
                .put("lease", lease)
                .put("fencingToken", fencingToken)
                .put("leaseExpires", leaseExpires)
                .put("bundle", bundle)
                .put("approvals", Json.strings(approvals))
                .put("runRequest", runRequest)
                .put("manifests", Json.strings(manifests))
                .put("checkpoint", checkpoint)
                .put("configuration", configuration)
                .build();
    }
}
