package dev.parley.local.people;

import java.util.Locale;
import java.util.Random;

/** Writes e-mail addresses and phone numbers as people and old systems do; normalisation has to undo each form. */
final class CarelessWriting {
    private static final int EMAIL_FORMS = 6;
    private static final int PHONE_FORMS = 5;

    private final Random random;

    CarelessWriting(Random random) {
        this.random = random;
    }

    String email(String normal) {
        int at = normal.indexOf('@');
        return switch (random.nextInt(EMAIL_FORMS)) {
            case 0 -> normal.toUpperCase(Locale.ROOT);
            case 1 -> " " + normal;
            case 2 -> normal + "  ";
            case 3 -> capitalised(normal);
            case 4 -> normal.substring(0, at) + normal.substring(at).toUpperCase(Locale.ROOT);
            default -> normal;
        };
    }

    /** @param normal as E.164 with country code 44 and a number of ten digits */
    String phone(String normal) {
        var range = normal.substring(3, 7);
        var subscriber = normal.substring(7);
        return switch (random.nextInt(PHONE_FORMS)) {
            case 0 -> "0" + range + " " + subscriber;
            case 1 -> "+44 (0)" + range + " " + subscriber.substring(0, 3) + " " + subscriber.substring(3);
            case 2 -> "0044 " + range + "-" + subscriber;
            case 3 -> "(0" + range + ") " + subscriber.substring(0, 3) + "-" + subscriber.substring(3);
            default -> normal;
        };
    }

    private static String capitalised(String normal) {
        var text = new StringBuilder(normal);
        boolean begins = true;
        for (int i = 0; i < normal.indexOf('@'); i++) {
            if (begins) {
                text.setCharAt(i, Character.toUpperCase(normal.charAt(i)));
            }
            begins = normal.charAt(i) == '.';
        }
        return text.toString();
    }
}
