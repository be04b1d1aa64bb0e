package dev.parley.cli.console;

import static java.util.Objects.requireNonNull;

import java.io.Console;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * What a command takes from outside, so that tests hand in their own.
 *
 * @param people where a person can be asked, if somebody sits at a terminal
 */
public record Surroundings(
        PrintStream out,
        PrintStream err,
        InputStream in,
        Optional<People> people,
        Map<String, String> environment,
        InstantSource clock,
        SecureRandom random) {

    public Surroundings {
        requireNonNull(out);
        requireNonNull(err);
        requireNonNull(in);
        requireNonNull(people);
        requireNonNull(clock);
        requireNonNull(random);
        environment = Map.copyOf(environment);
    }

    /** Of this process. */
    public static Surroundings ofProcess() {
        return new Surroundings(
                new PrintStream(System.out, true, StandardCharsets.UTF_8),
                new PrintStream(System.err, true, StandardCharsets.UTF_8),
                System.in,
                Optional.ofNullable(System.console())
                        .filter(Console::isTerminal)
                        .map(Surroundings::at),
                System.getenv(),
                InstantSource.system(),
                new SecureRandom());
    }

    private static People at(Console console) {
        return new People() {
            @Override
            public Optional<String> ask(String question) {
                return Optional.ofNullable(console.readLine("%s", question));
            }

            @Override
            public Optional<char[]> askSecretly(String question) {
                return Optional.ofNullable(console.readPassword("%s", question));
            }
        };
    }

    /** Somebody at a terminal. */
    public interface People {
        Optional<String> ask(String question);

        /** Without showing what is typed; the caller zeroes the answer. */
        Optional<char[]> askSecretly(String question);
    }
}
