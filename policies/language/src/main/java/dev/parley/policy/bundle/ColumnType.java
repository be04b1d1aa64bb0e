package dev.parley.policy.bundle;

import dev.parley.policy.plan.DecimalText;
import dev.parley.policy.plan.Literal;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/** The type of a column's values in the sealed dataset. */
public sealed interface ColumnType {
    /** SHA-256 of a normalised identity. */
    record Identity() implements ColumnType {}

    record Text() implements ColumnType {}

    /** A 64-bit integer. */
    record Whole() implements ColumnType {}

    /** A 64-bit integer that counts units of 10<sup>-scale</sup>. */
    record Decimal(int scale) implements ColumnType {
        public static final int MAX_SCALE = 9;

        public Decimal {
            Form.require(scale >= 1 && scale <= MAX_SCALE, "a decimal has 1 to " + MAX_SCALE + " digits of scale");
        }
    }

    record Date() implements ColumnType {}

    record Timestamp() implements ColumnType {}

    record Truth() implements ColumnType {}

    /** As written in policies: {@code whole}, {@code decimal(2)}. */
    default String text() {
        return switch (this) {
            case Identity() -> "identity";
            case Text() -> "text";
            case Whole() -> "whole";
            case Decimal(var scale) -> "decimal(" + scale + ")";
            case Date() -> "date";
            case Timestamp() -> "timestamp";
            case Truth() -> "truth";
        };
    }

    static ColumnType parse(String text) throws Malformed {
        return switch (text) {
            case "identity" -> new Identity();
            case "text" -> new Text();
            case "whole" -> new Whole();
            case "date" -> new Date();
            case "timestamp" -> new Timestamp();
            case "truth" -> new Truth();
            default -> decimal(text);
        };
    }

    private static ColumnType decimal(String text) throws Malformed {
        for (var scale = 1; scale <= Decimal.MAX_SCALE; scale++) {
            if (text.equals("decimal(" + scale + ")")) {
                return new Decimal(scale);
            }
        }
        throw new Malformed("unknown column type");
    }

    /** Whether values have an order and a sum. */
    default boolean isNumber() {
        return this instanceof Whole || this instanceof Decimal;
    }

    /** Whether {@code value} is a constant that values of this type can be compared with. Never of an identity. */
    default boolean accepts(Literal value) {
        return switch (value) {
            case Literal.Text text -> this instanceof Text;
            case Literal.Whole whole -> isNumber();
            case Literal.Decimal(var number) -> this instanceof Decimal(var scale) && number.scale() <= scale;
            case Literal.Truth truth -> this instanceof Truth;
            case Literal.Date date -> this instanceof Date;
            case Literal.Timestamp timestamp -> this instanceof Timestamp;
            case Literal.Parameter parameter -> false;
        };
    }

    /** What a person typed, as a constant of this type. */
    default Literal literal(String typed) throws Malformed {
        try {
            return switch (this) {
                case Identity() -> throw new Malformed("identities are never constants");
                case Text() -> new Literal.Text(typed);
                case Whole() -> new Literal.Whole(Long.parseLong(typed));
                case Decimal(var scale) -> new Literal.Decimal(DecimalText.parse(typed));
                case Date() -> new Literal.Date(LocalDate.parse(typed));
                case Timestamp() -> new Literal.Timestamp(Instant.parse(typed));
                case Truth() -> new Literal.Truth(truth(typed));
            };
        } catch (DateTimeException | NumberFormatException e) {
            throw new Malformed("not a constant of type " + text(), e);
        }
    }

    private static boolean truth(String typed) throws Malformed {
        return switch (typed) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new Malformed("neither true nor false");
        };
    }

    static ColumnType read(Fields fields, String name) throws Malformed {
        return fields.text(name, ColumnType::parse);
    }

    default Json json() {
        return Json.of(text());
    }
}
