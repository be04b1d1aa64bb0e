package dev.parley.cli.key;

import picocli.CommandLine.Command;

/** {@code parley key}. */
@Command(
        name = "key",
        description = "Your party's keys.",
        footer = {
            "",
            "Names of keys: root, approver-ROLE, steward (signs manifests), run (signs run requests), recipient (opens",
            "results), broker, broker-wrap, broker-noise (the portal's). Each has one use and, but for the last two, an",
            "endorsement by root.",
            "",
            "Example:",
            "  parley key new --all --party retailer --role compliance --role legal --passphrase-file FILE",
            "  parley key export --to rooms/retail-media/keys"
        })
public final class KeyCommand {}
