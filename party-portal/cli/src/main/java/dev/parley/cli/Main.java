package dev.parley.cli;

import dev.parley.cli.console.Surroundings;

/** The process behind the command {@code parley}. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new Parley(Surroundings.ofProcess()).run(arguments));
    }
}
