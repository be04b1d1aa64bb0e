package dev.parley.local.room;

import static java.util.Objects.requireNonNull;

/** What a party runs: its portal, and its people's command line. */
public record PartySide(Domain domain, Portal portal, Cli cli) {
    public PartySide {
        requireNonNull(domain);
        requireNonNull(portal);
        requireNonNull(cli);
    }

    public String name() {
        return domain.name();
    }
}
