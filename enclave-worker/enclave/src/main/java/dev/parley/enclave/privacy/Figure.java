package dev.parley.enclave.privacy;

import static java.util.Objects.requireNonNull;

import dev.parley.policy.plan.ColumnName;
import java.math.BigInteger;

/**
 * One output column: what it counts or sums, and within which bounds one value lies. Values are integers in units of
 * {@code 10^-scale}.
 */
public sealed interface Figure {
    ColumnName as();

    /** Number of joined rows. */
    record Rows(ColumnName as) implements Figure {
        public Rows {
            requireNonNull(as);
        }
    }

    /** Number of people. */
    record People(ColumnName as) implements Figure {
        public People {
            requireNonNull(as);
        }
    }

    /** Sum of a measure whose values lie between {@code low} and {@code high}. */
    record Sum(ColumnName as, int scale, long low, long high) implements Figure {
        public Sum {
            requireNonNull(as);
            checkMeasure(scale, low, high);
        }

        /** How far one value can move the sum. */
        BigInteger reach() {
            return BigInteger.valueOf(low).abs().max(BigInteger.valueOf(high).abs());
        }
    }

    /** Mean of a measure whose values lie between {@code low} and {@code high}. */
    record Mean(ColumnName as, int scale, long low, long high) implements Figure {
        public Mean {
            requireNonNull(as);
            checkMeasure(scale, low, high);
        }

        BigInteger range() {
            return BigInteger.valueOf(high).subtract(BigInteger.valueOf(low));
        }

        /** Twice the middle of the bounds: an integer, unlike the middle. */
        BigInteger twiceMiddle() {
            return BigInteger.valueOf(high).add(BigInteger.valueOf(low));
        }
    }

    private static void checkMeasure(int scale, long low, long high) {
        if (scale < 0 || scale > 18 || low > high) {
            throw new IllegalArgumentException("a measure has a scale from 0 to 18 and ordered bounds");
        }
    }
}
