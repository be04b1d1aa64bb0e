package dev.parley.host.operator;

import java.io.IOException;

/** The API does not take a message, and would not take it a second time. */
public final class ApiRefused extends IOException {
    private static final long serialVersionUID = 1L;

    ApiRefused(int status) {
        super("the API refused with " + status);
    }
}
