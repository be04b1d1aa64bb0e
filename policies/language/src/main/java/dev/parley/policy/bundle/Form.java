package dev.parley.policy.bundle;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The forms that the parts of a bundle share. Constructors throw; {@link PolicyBundle#parse} makes that malformed input. */
final class Form {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    private Form() {}

    /** Roles, key ids and profiles have the form of the protocol's names. */
    static void name(String what, String text) {
        require(NAME.matcher(text).matches(), what + ": a lower-case letter, then a-z, 0-9 and -");
    }

    /** One line for people: visible, without control characters, so that two texts that look alike differ in no layout. */
    static void line(String what, String text, int most) {
        require(!text.isBlank() && text.strip().equals(text), what + " must not be blank or padded");
        require(text.length() <= most, what + " is longer than " + most + " characters");
        require(text.codePoints().noneMatch(Form::unseen), what + " holds control or formatting characters");
    }

    private static boolean unseen(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            case Character.UNASSIGNED, Character.PRIVATE_USE, Character.SURROGATE -> true;
            default -> false;
        };
    }

    static <T> void distinct(String what, Collection<T> items, Function<T, ?> key) {
        var seen = new HashSet<Object>();
        for (var item : items) {
            require(seen.add(key.apply(item)), what + " stands twice");
        }
    }

    static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /** {@code DP_AND_THRESHOLD} is written {@code dp-and-threshold}. */
    static String text(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static <E extends Enum<E>> Fields.TextReader<E> constant(Class<E> type) {
        return text -> {
            for (var constant : type.getEnumConstants()) {
                if (text(constant).equals(text)) {
                    return constant;
                }
            }
            throw new Malformed("not one of the words that may stand here");
        };
    }
}
