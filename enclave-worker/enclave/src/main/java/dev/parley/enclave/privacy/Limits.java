package dev.parley.enclave.privacy;

import static java.util.Objects.requireNonNull;

import dev.parley.policy.bundle.ReleaseMode;
import dev.parley.policy.check.EffectiveLimits;
import dev.parley.protocol.room.DatasetId;
import java.util.List;
import java.util.Optional;

/**
 * How a result is protected: by noise, by thresholds, or by both; never by neither.
 *
 * @param noise present in the modes with differential privacy
 * @param thresholds present in the modes with thresholds: the least number of distinct people per dataset of the plan
 */
public record Limits(Optional<Noise> noise, Optional<List<Integer>> thresholds) {
    /** The floor that no policy can lower. */
    public static final int LEAST_THRESHOLD = 2;

    public Limits {
        requireNonNull(noise);
        thresholds = thresholds.map(List::copyOf);
        if (noise.isEmpty() && thresholds.isEmpty()) {
            throw new IllegalArgumentException("a result is protected by noise, by thresholds, or by both");
        }
        if (thresholds.isPresent() && thresholds.get().stream().anyMatch(k -> k < LEAST_THRESHOLD)) {
            throw new IllegalArgumentException("a threshold is two people at least");
        }
    }

    public static Limits noise(Noise noise) {
        return new Limits(Optional.of(noise), Optional.empty());
    }

    public static Limits thresholds(List<Integer> thresholds) {
        return new Limits(Optional.empty(), Optional.of(thresholds));
    }

    public static Limits both(Noise noise, List<Integer> thresholds) {
        return new Limits(Optional.of(noise), Optional.of(thresholds));
    }

    /**
     * What the policy checker decided, for the datasets of one plan.
     *
     * @param datasets in the plan's order
     */
    public static Limits of(EffectiveLimits limits, List<DatasetId> datasets) {
        var noise = new Noise(
                limits.microEpsilonPerAggregate(), limits.maxGroupsPerPerson(), limits.maxRowsPerGroupPerPerson());
        var thresholds = limits.thresholds();
        return new Limits(
                limits.mode().addsNoise() ? Optional.of(noise) : Optional.empty(),
                limits.mode().needsThresholds()
                        ? Optional.of(datasets.stream()
                                .map(dataset -> requireNonNull(thresholds.get(dataset)))
                                .toList())
                        : Optional.empty());
    }

    public ReleaseMode mode() {
        if (noise.isPresent()) {
            return thresholds.isPresent() ? ReleaseMode.DP_AND_THRESHOLD : ReleaseMode.DP;
        }
        return ReleaseMode.THRESHOLD;
    }

    /**
     * The privacy loss and what one person may contribute.
     *
     * @param microEpsilon ε of each aggregate in millionths, in the plan's order
     * @param maxGroups groups that one person may be in
     * @param maxRows joined rows of one person in one group
     */
    public record Noise(List<Long> microEpsilon, int maxGroups, int maxRows) {
        public Noise {
            microEpsilon = List.copyOf(microEpsilon);
            if (microEpsilon.stream().anyMatch(e -> e < 1) || maxGroups < 1 || maxRows < 1) {
                throw new IllegalArgumentException("epsilon and contribution bounds are above zero");
            }
        }
    }
}
