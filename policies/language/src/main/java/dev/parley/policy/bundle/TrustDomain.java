package dev.parley.policy.bundle;

/** Under whose root evidence must stand. */
public enum TrustDomain {
    AWS_NITRO,
    SIMULATED
}
