package dev.parley.policy.plan;

import dev.parley.protocol.encoding.Malformed;
import java.util.regex.Pattern;

/** The name of a column or of an output: a lower-case letter, then at most 62 of {@code a-z 0-9 _}. */
public record ColumnName(String value) {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    public ColumnName {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not a column name");
        }
    }

    public static ColumnName parse(String text) throws Malformed {
        if (!FORM.matcher(text).matches()) {
            throw new Malformed("not a column name: a lower-case letter, then a-z, 0-9 and _, 63 characters at most");
        }
        return new ColumnName(text);
    }

    @Override
    public String toString() {
        return value;
    }
}
