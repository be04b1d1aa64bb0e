package dev.parley.policy.plan;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;

/** A constant of a plan, or the name of a parameter whose typed value the run request binds. */
public sealed interface Literal {
    record Text(String value) implements Literal {
        public Text {
            requireNonNull(value);
        }
    }

    record Whole(long value) implements Literal {}

    /** In normal form, see {@link DecimalText}: equal numbers are equal literals. */
    record Decimal(BigDecimal value) implements Literal {
        public Decimal {
            value = DecimalText.normal(value);
        }
    }

    record Truth(boolean value) implements Literal {}

    record Date(LocalDate value) implements Literal {
        public Date {
            requireNonNull(value);
        }
    }

    record Timestamp(Instant value) implements Literal {
        public Timestamp {
            requireNonNull(value);
        }
    }

    record Parameter(ColumnName name) implements Literal {
        public Parameter {
            requireNonNull(name);
        }
    }
}
