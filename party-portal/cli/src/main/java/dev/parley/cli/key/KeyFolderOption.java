package dev.parley.cli.key;

import dev.parley.cli.console.Failure;
import dev.parley.cli.profile.Home;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the keys are. */
public final class KeyFolderOption {
    @Option(
            names = "--keys",
            paramLabel = "DIR",
            description = "The folder of your party's keys (default: the profile's).")
    private Optional<Path> keys = Optional.empty();

    public KeyStore store(Home home) throws Failure {
        var folder = keys.isPresent() ? keys : home.profile().keys();
        return new KeyStore(home.require(folder, "--keys DIR").toAbsolutePath().normalize());
    }
}
