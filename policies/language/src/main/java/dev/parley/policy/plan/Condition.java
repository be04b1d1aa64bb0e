package dev.parley.policy.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What a row must meet: a test of one column, or a combination of tests. Combinations alternate, so that one condition has
 * one shape. There is no NOT: what a null does not meet, it meets in no form.
 */
public sealed interface Condition {
    int MAX_PARTS = 16;
    int MAX_DEPTH = 4;
    int MAX_VALUES = 64;

    /** The tests, in the order in which they are written. */
    List<Test> tests();

    /** How many combinations stand around the innermost test. */
    int depth();

    /** A comparison of one column with constants. A null never meets it. */
    sealed interface Test extends Condition {
        ColumnRef column();

        /** The constants and parameters that the column is compared with. */
        List<Literal> literals();

        @Override
        default List<Test> tests() {
            return List.of(this);
        }

        @Override
        default int depth() {
            return 0;
        }
    }

    /** {@code column <operator> value}. */
    record Compare(ColumnRef column, Operator operator, Literal value) implements Test {
        public Compare {
            requireNonNull(column);
            requireNonNull(operator);
            requireNonNull(value);
        }

        @Override
        public List<Literal> literals() {
            return List.of(value);
        }
    }

    /** {@code column IN (values)}, at least one value. */
    record OneOf(ColumnRef column, List<Literal> values) implements Test {
        public OneOf {
            requireNonNull(column);
            values = List.copyOf(values);
            if (values.isEmpty() || values.size() > MAX_VALUES) {
                throw new IllegalArgumentException("IN has 1 to " + MAX_VALUES + " values");
            }
        }

        @Override
        public List<Literal> literals() {
            return values;
        }
    }

    /** At least one must hold. */
    record AnyOf(List<Condition> conditions) implements Condition {
        public AnyOf {
            conditions = List.copyOf(conditions);
            requireParts(conditions, AnyOf.class);
        }

        @Override
        public List<Test> tests() {
            return Condition.tests(conditions);
        }

        @Override
        public int depth() {
            return Condition.depth(conditions);
        }
    }

    /** Each must hold. */
    record AllOf(List<Condition> conditions) implements Condition {
        public AllOf {
            conditions = List.copyOf(conditions);
            requireParts(conditions, AllOf.class);
        }

        @Override
        public List<Test> tests() {
            return Condition.tests(conditions);
        }

        @Override
        public int depth() {
            return Condition.depth(conditions);
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

    private static List<Test> tests(List<Condition> parts) {
        return parts.stream().flatMap(part -> part.tests().stream()).toList();
    }

    private static int depth(List<Condition> parts) {
        return 1 + parts.stream().mapToInt(Condition::depth).max().orElse(0);
    }

    private static void requireParts(List<Condition> parts, Class<? extends Condition> kind) {
        if (parts.size() < 2 || parts.size() > MAX_PARTS) {
            throw new IllegalArgumentException("a combination has 2 to " + MAX_PARTS + " parts");
        }
        if (parts.stream().anyMatch(kind::isInstance)) {
            throw new IllegalArgumentException("a combination does not stand in one of its own kind");
        }
        if (depth(parts) > MAX_DEPTH) {
            throw new IllegalArgumentException("conditions are nested at most " + MAX_DEPTH + " deep");
        }
    }
}
