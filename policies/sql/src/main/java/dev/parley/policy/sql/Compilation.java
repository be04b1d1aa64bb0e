package dev.parley.policy.sql;

import static java.util.Objects.requireNonNull;

import dev.parley.policy.plan.Plan;

/** What became of a SQL text. */
public sealed interface Compilation {
    record Planned(Plan plan) implements Compilation {
        public Planned {
            requireNonNull(plan);
        }
    }

    /**
     * The first thing in the text that the plan algebra does not have.
     *
     * @param nearest the nearest form that is allowed, in words; names datasets and columns, never a constant
     */
    record Refused(SqlRefusal code, Position at, String nearest) implements Compilation {
        public Refused {
            requireNonNull(code);
            requireNonNull(at);
            requireNonNull(nearest);
        }
    }
}
