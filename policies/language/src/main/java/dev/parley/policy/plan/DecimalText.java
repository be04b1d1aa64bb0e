package dev.parley.policy.plan;

import dev.parley.protocol.encoding.Malformed;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * The one spelling of a decimal number: plain digits, at most 18 before and 18 behind the point, no zeros that say
 * nothing, no exponent. Numbers that are equal are then equal as text, as values and as digests.
 */
public final class DecimalText {
    private static final Pattern FORM = Pattern.compile("-?(0|[1-9][0-9]{0,17})(\\.[0-9]{0,17}[1-9])?");
    private static final int MAX_DIGITS = 18;

    private DecimalText() {}

    public static BigDecimal parse(String text) throws Malformed {
        if (!FORM.matcher(text).matches() || text.equals("-0")) {
            throw new Malformed("not a decimal number in its shortest plain form");
        }
        return normal(new BigDecimal(text));
    }

    public static String print(BigDecimal value) {
        return normal(value).toPlainString();
    }

    /** The same number with the smallest scale that is not negative. */
    public static BigDecimal normal(BigDecimal value) {
        var stripped = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        var normal = stripped.scale() < 0 ? stripped.setScale(0) : stripped;
        if (normal.scale() > MAX_DIGITS || normal.precision() - normal.scale() > MAX_DIGITS) {
            throw new IllegalArgumentException("decimal number with more than 18 digits before or behind the point");
        }
        return normal;
    }
}
