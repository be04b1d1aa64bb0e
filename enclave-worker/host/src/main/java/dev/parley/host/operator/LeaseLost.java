package dev.parley.host.operator;

import java.io.IOException;

/** The API has given the run to someone else: what this host still does for it is void. */
public final class LeaseLost extends IOException {
    private static final long serialVersionUID = 1L;

    public LeaseLost() {
        super("the lease is lost");
    }
}
