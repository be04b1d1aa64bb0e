package dev.parley.enclave.engine;

import dev.parley.policy.bundle.Bounds;
import dev.parley.policy.bundle.Column;
import dev.parley.policy.bundle.ColumnType;
import dev.parley.policy.plan.Literal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;

/**
 * How the numbers of a column stand in its 64-bit integers.
 *
 * @param scale digits behind the point
 * @param bounds the declared bounds in these integers; everything, where none are declared
 */
record NumberForm(ColumnType type, int scale, ValueRange bounds) {
    private static final BigDecimal MICROS = BigDecimal.valueOf(1_000_000);

    static NumberForm of(Column column) {
        int scale = column.type() instanceof ColumnType.Decimal(var digits) ? digits : 0;
        return new NumberForm(
                column.type(),
                scale,
                column.bounds().map(bounds -> integers(bounds, scale)).orElse(ValueRange.ALL));
    }

    private static ValueRange integers(Bounds bounds, int scale) {
        return new ValueRange(
                bounds.min().movePointRight(scale).longValueExact(),
                bounds.max().movePointRight(scale).longValueExact());
    }

    /** A constant among the integers of the column: those equal to it, below it and above it. */
    record Constant(ValueRange below, ValueRange equal, ValueRange above) {
        private static Constant of(BigDecimal value) {
            var floor = value.setScale(0, RoundingMode.FLOOR).toBigIntegerExact();
            boolean whole = value.compareTo(new BigDecimal(floor)) == 0;
            return whole
                    ? new Constant(ValueRange.below(floor), ValueRange.of(floor, floor), ValueRange.above(floor))
                    : new Constant(
                            ValueRange.below(floor.add(BigInteger.ONE)), ValueRange.none(), ValueRange.above(floor));
        }
    }

    /** A constant of another type than the column's is refused. */
    Constant constant(Literal literal) throws EngineFailure {
        return Constant.of(number(literal).movePointRight(scale));
    }

    private BigDecimal number(Literal literal) throws EngineFailure {
        return switch (literal) {
            case Literal.Whole(var value) when type.isNumber() -> BigDecimal.valueOf(value);
            case Literal.Decimal(var value) when type.isNumber() -> value;
            case Literal.Truth(var value)
            when type instanceof ColumnType.Truth -> value ? BigDecimal.ONE : BigDecimal.ZERO;
            case Literal.Date(var day) when type instanceof ColumnType.Date -> BigDecimal.valueOf(day.toEpochDay());
            case Literal.Timestamp(var instant) when type instanceof ColumnType.Timestamp -> micros(instant);
            default -> throw new EngineFailure(EngineFailure.Code.PLAN_UNSUPPORTED);
        };
    }

    private static BigDecimal micros(Instant instant) {
        return BigDecimal.valueOf(instant.getEpochSecond())
                .multiply(MICROS)
                .add(BigDecimal.valueOf(instant.getNano(), 3));
    }
}
