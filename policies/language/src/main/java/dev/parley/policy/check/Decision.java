package dev.parley.policy.check;

import static java.util.Objects.requireNonNull;

/** What the policy says to a query. */
public sealed interface Decision {
    /** The query may run under these limits. */
    record Allowed(EffectiveLimits limits) implements Decision {
        public Allowed {
            requireNonNull(limits);
        }
    }

    record Refused(Refusal refusal) implements Decision {
        public Refused {
            requireNonNull(refusal);
        }
    }
}
