package dev.parley.policy.check;

import static java.util.Objects.requireNonNull;

import dev.parley.policy.plan.ColumnRef;
import dev.parley.protocol.room.PartyId;
import java.util.Optional;

/**
 * Why a query may not run. Decided without data, so it tells nothing about anybody.
 *
 * @param rule where the rule stands: {@code file#path} in the room folder
 * @param party whose rule it is, if it is one party's
 * @param column the column that it is about, if any
 * @param nearest what would be allowed instead; never repeats a literal of the request
 */
public record Refusal(
        RefusalCode code, String rule, Optional<PartyId> party, Optional<ColumnRef> column, String nearest) {
    public Refusal {
        requireNonNull(code);
        requireNonNull(rule);
        requireNonNull(party);
        requireNonNull(column);
        requireNonNull(nearest);
    }
}
