package dev.parley.protocol.sealing;

import dev.parley.protocol.encoding.Malformed;
import java.util.regex.Pattern;

/** What the values of a column are, and so how they are laid out in a block. */
public sealed interface ColumnType {
    /** The SHA-256 digest of a normalised identifier: 32 bytes. */
    record Identity() implements ColumnType {}

    /** UTF-8 text of at most {@link Schema#MAX_TEXT_BYTES} bytes. */
    record Text() implements ColumnType {}

    /** A signed 64-bit integer. */
    record Whole() implements ColumnType {}

    /** A decimal number as a 64-bit count of its last digit: 12.30 of scale 2 is 1230. */
    record Decimal(int scale) implements ColumnType {
        public static final int MAX_SCALE = 18;

        public Decimal {
            if (scale < 0 || scale > MAX_SCALE) {
                throw new IllegalArgumentException("a decimal has 0 to 18 places");
            }
        }
    }

    /** Days since 1970-01-01. */
    record Date() implements ColumnType {}

    /** Microseconds since 1970-01-01T00:00:00Z. */
    record Timestamp() implements ColumnType {}

    /** True or false. */
    record Truth() implements ColumnType {}

    static ColumnType parse(String text) throws Malformed {
        return switch (text) {
            case "identity" -> new Identity();
            case "text" -> new Text();
            case "whole" -> new Whole();
            case "date" -> new Date();
            case "timestamp" -> new Timestamp();
            case "truth" -> new Truth();
            default -> parseDecimal(text);
        };
    }

    /** The one spelling in a schema: {@code whole}, {@code decimal(2)}. */
    default String print() {
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

    private static ColumnType parseDecimal(String text) throws Malformed {
        var form = Pattern.compile("decimal\\((0|[1-9]|1[0-8])\\)").matcher(text);
        if (!form.matches()) {
            throw new Malformed("unknown column type");
        }
        return new Decimal(Integer.parseInt(form.group(1)));
    }
}
