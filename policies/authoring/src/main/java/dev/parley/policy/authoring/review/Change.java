package dev.parley.policy.authoring.review;

import static java.util.Objects.requireNonNull;

/**
 * One difference between two versions of a policy.
 *
 * @param place what it is about: {@code limits retailer / threshold of customers}
 * @param description before and after, for people
 */
public record Change(Effect effect, String place, String description) {
    public Change {
        requireNonNull(effect);
        requireNonNull(place);
        requireNonNull(description);
    }

    /** What it means for the people in the data. Where both directions are arguable it counts as weaker. */
    public enum Effect {
        WEAKER,
        STRONGER,
        NEUTRAL
    }
}
