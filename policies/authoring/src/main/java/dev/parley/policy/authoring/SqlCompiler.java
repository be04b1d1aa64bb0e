package dev.parley.policy.authoring;

import static java.util.Objects.requireNonNull;

import dev.parley.policy.bundle.Dataset;
import dev.parley.policy.bundle.Parameter;
import dev.parley.policy.plan.Plan;
import java.util.List;

/** Makes the plan of a template's SQL. Callers wire one in, so that this module knows no SQL. */
@FunctionalInterface
public interface SqlCompiler {
    Outcome compile(String sql, List<Dataset> datasets, List<Parameter> parameters);

    /** A plan, or why there is none. */
    sealed interface Outcome {
        record Planned(Plan plan) implements Outcome {
            public Planned {
                requireNonNull(plan);
            }
        }

        /**
         * Not a query that the algebra has.
         *
         * @param code the compiler's stable code
         * @param line within the SQL, from 1
         * @param column within that line, from 1
         */
        record Refused(String code, int line, int column, String message) implements Outcome {
            public Refused {
                requireNonNull(code);
                requireNonNull(message);
            }
        }
    }
}
