package dev.parley.policy.bundle;

/** How a result may leave. */
public enum ReleaseMode {
    /** Noised with differential privacy. */
    DP,
    /** Exact, for groups with enough people of each dataset. */
    THRESHOLD,
    /** Noised, and only for groups with enough people of each dataset. */
    DP_AND_THRESHOLD;

    public boolean addsNoise() {
        return this != THRESHOLD;
    }

    public boolean needsThresholds() {
        return this != DP;
    }

    /** As written in policies: {@code dp}, {@code threshold}, {@code dp-and-threshold}. */
    public String text() {
        return Form.text(this);
    }
}
