package dev.parley.cli.run;

import picocli.CommandLine.Command;

/** {@code parley runs}. */
@Command(name = "runs", description = "Runs that concern your party.")
public final class RunsCommand {}
