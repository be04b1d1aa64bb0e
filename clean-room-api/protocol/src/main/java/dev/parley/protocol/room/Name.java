package dev.parley.protocol.room;

import dev.parley.protocol.encoding.Malformed;
import java.util.regex.Pattern;

/** The one form of names: a lower-case letter, then at most 62 of {@code a-z 0-9 -}, so that they travel in paths. */
final class Name {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    private Name() {}

    static void check(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("not a name: a lower-case letter, then a-z, 0-9 and -");
        }
    }

    static String parse(String text) throws Malformed {
        if (!FORM.matcher(text).matches()) {
            throw new Malformed("not a name: a lower-case letter, then a-z, 0-9 and -, 63 characters at most");
        }
        return text;
    }
}
