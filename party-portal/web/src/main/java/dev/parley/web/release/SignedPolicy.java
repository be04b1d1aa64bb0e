package dev.parley.web.release;

import static java.util.Objects.requireNonNull;

import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.protocol.room.PolicyDigest;

/** The newest bundle of a room that this party's own quorum signed. */
public record SignedPolicy(PolicyBundle bundle, PolicyDigest digest) {
    public SignedPolicy {
        requireNonNull(bundle);
        requireNonNull(digest);
    }

    public static SignedPolicy of(PolicyBundle bundle) {
        return new SignedPolicy(bundle, bundle.digest());
    }
}
