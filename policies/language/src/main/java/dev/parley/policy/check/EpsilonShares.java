package dev.parley.policy.check;

import dev.parley.policy.plan.Aggregate;
import java.util.List;

/** How a run's cost is divided among its figures: by the noises that each needs, a function of the plan alone. */
final class EpsilonShares {
    private EpsilonShares() {}

    /** In the order of {@code aggregates}; rounded down, so that the sum never exceeds the cost. */
    static List<Long> of(List<Aggregate> aggregates, long microEpsilon) {
        var noises = aggregates.stream().mapToLong(EpsilonShares::noises).sum();
        return aggregates.stream()
                .map(aggregate -> microEpsilon * noises(aggregate) / noises)
                .toList();
    }

    private static long noises(Aggregate aggregate) {
        return switch (aggregate) {
            case Aggregate.CountRows rows -> 1;
            case Aggregate.CountPeople people -> 1;
            case Aggregate.Sum sum -> 1;
            // A noised sum over a noised count.
            case Aggregate.Mean mean -> 2;
        };
    }
}
