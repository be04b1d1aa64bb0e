package dev.parley.policy.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** One comparison of a column with constants. Conditions of a plan are joined by AND; there is no OR and no NOT yet. */
public sealed interface Condition {
    ColumnRef column();

    /** {@code column <operator> value}; a null cell never matches. */
    record Compare(ColumnRef column, Operator operator, Literal value) implements Condition {
        public Compare {
            requireNonNull(column);
            requireNonNull(operator);
            requireNonNull(value);
        }
    }

    /** {@code column IN (values)}, at least one value. */
    record OneOf(ColumnRef column, List<Literal> values) implements Condition {
        public OneOf {
            requireNonNull(column);
            values = List.copyOf(values);
            if (values.isEmpty()) {
                throw new IllegalArgumentException("IN needs a value");
            }
        }
    }

    enum Operator {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL
    }
}
