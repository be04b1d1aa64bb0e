package dev.parley.local.people;

import static java.util.Objects.requireNonNull;

/** What the publisher knows: how often a person saw a campaign. */
public record Exposure(Person person, String campaign, int impressions) {
    public Exposure {
        requireNonNull(person);
        requireNonNull(campaign);
        if (impressions < 1) {
            throw new IllegalArgumentException("an exposure has at least one impression");
        }
    }
}
