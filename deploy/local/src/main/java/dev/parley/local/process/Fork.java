package dev.parley.local.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Starts processes so that none outlives this JVM.
 *
 * <p>On Linux each gets a session of its own, so that Ctrl-C reaches this JVM alone and the order of stopping is ours,
 * and a parent-death signal. That signal fires when the <em>thread</em> that forked ends, hence one thread that forks
 * all and lives as long as the JVM.
 */
final class Fork {
    private static final Executor FORKING = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("forking").factory());
    private static final boolean LINUX_TOOLS = onPath("setsid") && onPath("setpriv");

    private static final Path NOTHING = Path.of("/dev/null");

    private Fork() {}

    /** Both outputs go to the log. */
    static Process start(Launch launch) throws IOException {
        return start(
                launch,
                builder -> builder.redirectErrorStream(true)
                        .redirectOutput(Redirect.appendTo(launch.log().toFile())));
    }

    /** Errors go to the log, what the program prints comes to us. */
    static Process startListening(Launch launch) throws IOException {
        return start(
                launch,
                builder -> builder.redirectError(Redirect.appendTo(launch.log().toFile())));
    }

    private static Process start(Launch launch, Consumer<ProcessBuilder> outputs) throws IOException {
        Files.createDirectories(launch.log().toAbsolutePath().getParent());
        var builder = new ProcessBuilder(guarded(launch))
                .redirectInput(Redirect.from(launch.input().orElse(NOTHING).toFile()));
        outputs.accept(builder);
        builder.environment().putAll(launch.environment());
        try {
            return CompletableFuture.supplyAsync(() -> started(builder), FORKING)
                    .join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof UncheckedIOException io) {
                throw new IOException(launch.name() + " could not be started", io.getCause());
            }
            throw failed;
        }
    }

    private static Process started(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A change of user namespace clears the parent-death signal, so `unshare` of the line goes in front of it. */
    private static List<String> guarded(Launch launch) {
        if (!LINUX_TOOLS) {
            return launch.line();
        }
        var deathSignal = List.of("setpriv", "--pdeathsig", launch.stopSignal().name());
        var line = new ArrayList<>(launch.line());
        int at = line.getFirst().equals("unshare") ? line.indexOf("--") + 1 : 0;
        line.addAll(at, deathSignal);
        line.addFirst("setsid");
        return line;
    }

    private static boolean onPath(String program) {
        return List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
