package dev.parley.server.rooms;

import static java.util.Objects.requireNonNull;

import dev.parley.policy.bundle.PolicyBundle;
import java.util.List;

/**
 * A version of a room's policy with the approvals that the operator holds.
 *
 * @param approvals compact JWS
 */
public record PolicyVersion(PolicyBundle bundle, List<String> approvals) {
    public PolicyVersion {
        requireNonNull(bundle);
        approvals = List.copyOf(approvals);
    }
}
