package dev.parley.cli.console;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How the passphrase of a party's keys is given. Never as an argument: others see those. */
public final class PassphraseOptions {
    private static final int LEAST_LENGTH = 12;

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "Read the passphrase from the first line of a file that only you can read.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--passphrase-fd",
            paramLabel = "N",
            description = "Read the passphrase from the first line of an open descriptor.")
    private Optional<Integer> descriptor = Optional.empty();

    /** The passphrase of keys that are there; the caller zeroes it. */
    public char[] read(Terminal terminal) throws Failure {
        return source("passphrase of the keys").read(terminal);
    }

    /** A passphrase for new keys: long enough, and typed twice. */
    public char[] readNew(Terminal terminal) throws Failure {
        var source = source("passphrase for the new keys");
        var passphrase = source.read(terminal);
        if (passphrase.length < LEAST_LENGTH) {
            Arrays.fill(passphrase, '\0');
            throw Failure.of(CliCode.PASSPHRASE_SHORT, "a passphrase has at least " + LEAST_LENGTH + " characters");
        }
        if (!source.isGiven()) {
            var again = source("same passphrase again").read(terminal);
            var same = Arrays.equals(passphrase, again);
            Arrays.fill(again, '\0');
            if (!same) {
                Arrays.fill(passphrase, '\0');
                throw Failure.of(CliCode.PASSPHRASE_MISSING, "the two passphrases differ");
            }
        }
        return passphrase;
    }

    private SecretSource source(String what) {
        return new SecretSource(what, file, descriptor);
    }
}
