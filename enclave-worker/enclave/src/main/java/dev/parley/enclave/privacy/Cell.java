package dev.parley.enclave.privacy;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.Optional;

/** One figure of one group, as it leaves. */
public sealed interface Cell {
    /**
     * A figure.
     *
     * @param halfWidth95 half the width of a 95 % interval around the value; empty for an exact one
     */
    record Released(BigDecimal value, Optional<BigDecimal> halfWidth95) implements Cell {
        public Released {
            requireNonNull(value);
            requireNonNull(halfWidth95);
        }
    }

    /** Too few people: says nothing of the value, and is not zero. */
    record Suppressed() implements Cell {}
}
