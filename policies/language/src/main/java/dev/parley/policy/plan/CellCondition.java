package dev.parley.policy.plan;

import static java.util.Objects.requireNonNull;

/**
 * A comparison of a released cell with a constant.
 *
 * @param cell the name of an aggregate
 */
public record CellCondition(ColumnName cell, Condition.Operator operator, Literal value) {
    public CellCondition {
        requireNonNull(cell);
        requireNonNull(operator);
        requireNonNull(value);
    }
}
