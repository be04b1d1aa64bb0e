package dev.parley.cli.profile;

import picocli.CommandLine.Command;

/** {@code parley profile}. */
@Command(
        name = "profile",
        description = "Who you are and where your party's services are.",
        footer = {
            "",
            "Example:",
            "  parley profile set --party retailer --keys ~/retailer-keys \\",
            "      --operator-url https://room.example --operator-issuer https://login.example/realms/operator \\",
            "      --portal-url https://portal.retailer.example \\",
            "      --portal-issuer https://login.retailer.example/realms/retailer --root sim-root.pem"
        })
public final class ProfileCommand {}
