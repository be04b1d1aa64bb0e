package dev.parley.cli.console;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** What every command takes. */
public final class GlobalOptions {
    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print one JSON document, for programs.")
    private boolean json;

    @Option(
            names = "--home",
            scope = ScopeType.INHERIT,
            paramLabel = "DIR",
            description = "Where profiles and tokens are kept (default: PARLEY_HOME, then ~/.config/parley).")
    private Optional<Path> home = Optional.empty();

    @Option(
            names = "--profile",
            scope = ScopeType.INHERIT,
            paramLabel = "NAME",
            description = "Which profile to use (default: PARLEY_PROFILE, then \"default\").")
    private Optional<String> profile = Optional.empty();

    public boolean json() {
        return json;
    }

    public Optional<Path> home() {
        return home;
    }

    public Optional<String> profile() {
        return profile;
    }
}
