package dev.parley.server.queue;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.json.Json;
import dev.parley.protocol.log.Checkpoint;
import dev.parley.protocol.wire.RunClaim;
import dev.parley.server.rooms.PolicyVersion;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What a host gets with a run.
 *
 * @param manifests in the order of the run request
 */
record ClaimedRun(UUID run, Lease lease, PolicyVersion policy, String runRequest, List<String> manifests) {
    ClaimedRun {
        requireNonNull(run);
        requireNonNull(lease);
        requireNonNull(policy);
        requireNonNull(runRequest);
        manifests = List.copyOf(manifests);
    }

    /** A host's hold on a run. */
    record Lease(UUID id, long fencingToken, Instant expires) {
        Lease {
            requireNonNull(id);
            requireNonNull(expires);
        }
    }

    RunClaim message(Checkpoint checkpoint, Json.Obj configuration) {
        return new RunClaim(
                run.toString(),
                lease.id().toString(),
                lease.fencingToken(),
                lease.expires().toString(),
                policy.bundle().canonical().base64Url(),
                policy.approvals(),
                runRequest,
                manifests,
                checkpoint.note(),
                configuration);
    }
}
