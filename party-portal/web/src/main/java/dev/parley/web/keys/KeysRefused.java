package dev.parley.web.keys;

import static java.util.Objects.requireNonNull;

/** The portal has no keys to work with, and so does not start. Names files, never their content. */
public final class KeysRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final Code code;

    KeysRefused(Code code, String detail) {
        super(code + ": " + detail, null, false, false);
        this.code = requireNonNull(code);
    }

    public Code code() {
        return code;
    }

    /** Stable codes; {@code docs/errors.md} has a row for each. */
    public enum Code {
        PARTY_MALFORMED,
        PASSPHRASE_MISSING,
        PASSPHRASE_WRONG,
        KEY_MISSING,
        KEY_UNREADABLE,
        KEY_MALFORMED,
        KEY_READABLE_BY_OTHERS
    }
}
