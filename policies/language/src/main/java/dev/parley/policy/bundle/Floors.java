package dev.parley.policy.bundle;

/**
 * What no policy can lower. Constants of measured code: they move only with the measurement, which every party approves.
 * The third floor, no row-level output, has no constant: the plan algebra cannot express a row.
 */
public final class Floors {
    /** A released group has at least two people of each dataset. */
    public static final int MIN_THRESHOLD = 2;

    /** Epsilon 20: the most that one lineage may lose in a year, whatever a policy says, in micro-epsilon. */
    public static final long MAX_MICRO_EPSILON = 20_000_000;

    private Floors() {}
}
