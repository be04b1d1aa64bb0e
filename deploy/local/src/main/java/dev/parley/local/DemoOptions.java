package dev.parley.local;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What was asked for on the command line.
 *
 * @param rows how many rows each party brings
 * @param once ends after the run
 * @param state where the room lives; inside the checkout when it is not named
 * @param seed which people are invented
 */
record DemoOptions(int rows, boolean once, Optional<Path> state, long seed) {
    static final String USAGE = """
            usage: deploy/demo [--once] [--rows N] [--state DIR] [--seed N]

              --once       end after the run, with exit code 0 when all of it went well
              --rows N     rows that each party brings, 1000 to 5000000 (50000)
              --state DIR  where the room lives; a second start goes on there (.parley in the checkout)
              --seed N     which people are invented (1)
            """;

    private static final int DEFAULT_ROWS = 50_000;
    private static final int FEWEST_ROWS = 1_000;
    private static final int MOST_ROWS = 5_000_000;

    /** The command line cannot be understood. */
    static final class Misused extends Exception {
        private static final long serialVersionUID = 1L;

        Misused(String message) {
            super(message);
        }
    }

    DemoOptions {
        requireNonNull(state);
    }

    static DemoOptions parse(List<String> arguments) throws Misused {
        var options = new DemoOptions(DEFAULT_ROWS, false, Optional.empty(), 1);
        for (var rest = arguments.iterator(); rest.hasNext(); ) {
            options = options.with(rest.next(), rest);
        }
        return options;
    }

    private DemoOptions with(String option, Iterator<String> rest) throws Misused {
        return switch (option) {
            case "--once" -> new DemoOptions(rows, true, state, seed);
            case "--rows" -> new DemoOptions((int) number(option, rest, FEWEST_ROWS, MOST_ROWS), once, state, seed);
            case "--state" -> new DemoOptions(rows, once, Optional.of(Path.of(value(option, rest))), seed);
            case "--seed" -> new DemoOptions(rows, once, state, number(option, rest, 0, Long.MAX_VALUE));
            default -> throw new Misused("unknown option " + option);
        };
    }

    private static long number(String option, Iterator<String> rest, long least, long most) throws Misused {
        var text = value(option, rest);
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Told like a number out of range.
        }
        throw new Misused(option + " takes a number from " + least + " to " + most);
    }

    private static String value(String option, Iterator<String> rest) throws Misused {
        if (!rest.hasNext()) {
            throw new Misused(option + " needs a value");
        }
        return rest.next();
    }
}
