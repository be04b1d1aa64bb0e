package dev.parley.simulator.sandbox;

import static java.util.Objects.requireNonNull;

import dev.parley.simulator.sandbox.Isolation.Tool;
import java.util.Optional;

/**
 * What a sandbox is made with.
 *
 * @param dedicatedUser whether each program becomes a user of its own, which only root can arrange
 * @param groups where control groups can be made
 */
record Means(Tool tool, boolean dedicatedUser, Optional<ControlGroups> groups) {
    Means {
        requireNonNull(tool);
        requireNonNull(groups);
    }
}
