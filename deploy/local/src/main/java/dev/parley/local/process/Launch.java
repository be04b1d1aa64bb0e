package dev.parley.local.process;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to start.
 *
 * @param name how people and the log file call it
 * @param line program and arguments; readable by every user of the machine, so never a secret
 * @param environment added to the inherited one; secrets go here
 * @param log receives standard output and error, appended
 * @param stopSignal asks the process to end in order
 * @param input what standard input reads, such as a passphrase; empty input where none is given
 */
public record Launch(
        String name,
        List<String> line,
        Map<String, String> environment,
        Path log,
        StopSignal stopSignal,
        Optional<Path> input) {
    /** Signals that ask for an orderly end; PostgreSQL takes INT for "now" and TERM for "when the last client left". */
    public enum StopSignal {
        TERM,
        INT
    }

    public Launch {
        requireNonNull(name);
        line = List.copyOf(line);
        environment = Map.copyOf(environment);
        requireNonNull(log);
        requireNonNull(stopSignal);
        requireNonNull(input);
        if (line.isEmpty()) {
            throw new IllegalArgumentException("nothing to start");
        }
    }

    public static Launch of(String name, List<String> line, Path log) {
        return new Launch(name, line, Map.of(), log, StopSignal.TERM, Optional.empty());
    }

    public Launch with(Map<String, String> more) {
        var both = new HashMap<>(environment);
        both.putAll(more);
        return new Launch(name, line, both, log, stopSignal, input);
    }

    public Launch stoppedBy(StopSignal signal) {
        return new Launch(name, line, environment, log, signal, input);
    }

    public Launch reading(Path file) {
        return new Launch(name, line, environment, log, stopSignal, Optional.of(file));
    }

    /** Arguments may carry paths and addresses; the environment carries secrets and is left out. */
    @Override
    public String toString() {
        return name + " " + line;
    }
}
