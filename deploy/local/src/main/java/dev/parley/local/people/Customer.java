package dev.parley.local.people;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;

/** What the retailer knows about a person. Money is in cents, so that sums are exact. */
public record Customer(Person person, String segment, String region, long spendCents) {
    public Customer {
        requireNonNull(person);
        requireNonNull(segment);
        requireNonNull(region);
    }

    String spend() {
        return BigDecimal.valueOf(spendCents, 2).toPlainString();
    }
}
