package dev.parley.local.process;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/** Runs a program to its end and keeps what it printed. */
public final class Tool {
    /**
     * How it ended.
     *
     * @param printed standard output
     * @param complaints what it wrote to standard error
     */
    public record Ended(int exitCode, String printed, String complaints) {
        public Ended {
            requireNonNull(printed);
            requireNonNull(complaints);
        }
    }

    private Tool() {}

    /** Runs; the program ends with the children of the room, if it is still running then. */
    public static Ended run(Launch launch, Children children) throws IOException, InterruptedException {
        long before = Files.exists(launch.log()) ? Files.size(launch.log()) : 0;
        var process = Fork.startListening(launch);
        var child = children.adopt(new Child(launch, process));
        try (var output = process.getInputStream()) {
            var printed = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            int exitCode = process.waitFor();
            return new Ended(exitCode, printed, since(launch, before));
        } finally {
            children.stop(child);
        }
    }

    private static String since(Launch launch, long before) throws IOException {
        var log = Files.readAllBytes(launch.log());
        int from = (int) Math.min(before, log.length);
        return new String(log, from, log.length - from, StandardCharsets.UTF_8);
    }
}
