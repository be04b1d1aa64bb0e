package dev.parley.simulator.sandbox;

import dev.parley.image.launcher.Trial;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Starts the image's JVM once in a sandbox and finds out which layers hold it. */
final class LayerTrial {
    private static final int SECONDS = 20;

    private final Sandbox sandbox;

    LayerTrial(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    /**
     * Tries.
     *
     * @throws NoIsolation if no program starts in this sandbox
     */
    Isolation run(Path door, OptionalInt user) throws IOException, NoIsolation {
        var trial = sandbox.startTrial(door, user);
        try {
            var findings = look(trial);
            return new Isolation(sandbox.isolation().tool(), findings.missing(sandbox.image(), user.orElse(-1)));
        } finally {
            trial.end();
        }
    }

    private static Findings look(ConfinedProgram trial) throws IOException, NoIsolation {
        var late =
                CompletableFuture.runAsync(trial::kill, CompletableFuture.delayedExecutor(SECONDS, TimeUnit.SECONDS));
        try (var lines = trial.process().inputReader(StandardCharsets.UTF_8)) {
            Map<String, String> said = new HashMap<>();
            List<String> complaints = new ArrayList<>();
            var line = lines.readLine();
            for (; line != null && !line.equals(Trial.END); line = lines.readLine()) {
                var end = line.indexOf('=');
                if (end < 0) {
                    complaints.add(line);
                } else {
                    said.put(line.substring(0, end), line.substring(end + 1));
                }
            }
            var inside = trial.innermost();
            if (line == null || inside.isEmpty()) {
                throw new NoIsolation(complaints.isEmpty() ? "failed without a word" : String.join(" / ", complaints));
            }
            var grouped = trial.group().isPresent()
                    && trial.group().get().holds(inside.get().pid());
            return new Findings(said, user(inside.get()), grouped);
        } finally {
            late.cancel(false);
        }
    }

    private static long user(ProcessHandle process) throws IOException {
        for (var line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
            if (line.startsWith("Uid:")) {
                return Long.parseLong(line.split("\t", 3)[1]);
            }
        }
        return -1;
    }
}
