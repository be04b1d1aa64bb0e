package dev.parley.policy.approval;

import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.protocol.room.Approval;
import dev.parley.protocol.room.PolicyDigest;
import java.time.Instant;
import java.util.List;

/** A bundle that every party's quorum has approved. Only {@link Approvals} makes one. */
public final class ActivePolicy {
    private final PolicyBundle bundle;
    private final PolicyDigest digest;
    private final List<Approval> approvals;
    private final Instant at;

    ActivePolicy(PolicyBundle bundle, PolicyDigest digest, List<Approval> approvals, Instant at) {
        this.bundle = bundle;
        this.digest = digest;
        this.approvals = List.copyOf(approvals);
        this.at = at;
    }

    public PolicyBundle bundle() {
        return bundle;
    }

    public PolicyDigest digest() {
        return digest;
    }

    /** The approvals that counted: verified, not expired, one per key. */
    public List<Approval> approvals() {
        return approvals;
    }

    /** The time for which this holds, and no other. */
    public Instant at() {
        return at;
    }
}
