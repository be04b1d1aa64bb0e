package dev.parley.local.state;

import java.security.SecureRandom;
import java.util.Base64;

/** A generated password. Prints as nothing; {@link #reveal} is the one way to its text. */
public final class Secret {
    private static final int BYTES = 24;

    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    static Secret random(SecureRandom random) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    static Secret of(String text) {
        return new Secret(text);
    }

    public String reveal() {
        return text;
    }

    @Override
    public String toString() {
        return "Secret[…]";
    }
}
