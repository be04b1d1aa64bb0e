package dev.parley.cli.policy;

import picocli.CommandLine.Command;

/** {@code parley policy}. */
@Command(
        name = "policy",
        description = "The files that govern a room.",
        footer = {
            "",
            "Example:",
            "  parley policy lint rooms/retail-media",
            "  parley policy approve rooms/retail-media --role compliance --confirm publisher=a1B2c3D4"
        })
public final class PolicyCommand {}
