package dev.parley.local.room;

import static java.util.Objects.requireNonNull;

import dev.parley.local.state.Checkout;
import dev.parley.local.state.Ports;
import dev.parley.local.state.StateFolder;
import java.io.IOException;

/** Where a room lives: the checkout whose programs it runs, the folder of its state, its ports. */
public record Site(Checkout checkout, StateFolder state, Ports ports) {
    public Site {
        requireNonNull(checkout);
        requireNonNull(state);
        requireNonNull(ports);
    }

    public static Site of(Checkout checkout, StateFolder state) throws IOException {
        return new Site(checkout, state, Ports.of(state));
    }
}
