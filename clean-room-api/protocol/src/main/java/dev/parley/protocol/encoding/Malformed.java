package dev.parley.protocol.encoding;

import static java.util.Objects.requireNonNull;

/**
 * Input that does not have the form its specification demands. The message names the place and the rule, never a value
 * of the input, so that it may be logged and shown.
 */
public final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    public Malformed(String message) {
        super(requireNonNull(message));
    }

    public Malformed(String message, Throwable cause) {
        super(requireNonNull(message), cause);
    }
}
