package dev.parley.simulator.sandbox;

import dev.parley.simulator.probe.ProbeImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs of the probe's jar as ordinary processes of this machine: what a control of a sandbox is made of. */
final class Outside {
    private final Path jar;

    /** Copies the jar to where every user can read it. */
    Outside(Path folder) throws Exception {
        jar = folder.resolve("probe.jar");
        Files.copy(ProbeImage.jar(), jar, StandardCopyOption.REPLACE_EXISTING);
    }

    /** What a program says, run as {@code user}; a negative one stands for whoever runs the tests. */
    List<String> lines(int user, Class<?> main, String... arguments) throws IOException, InterruptedException {
        var process = start(user, main, arguments);
        try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
            var lines = reader.readAllLines();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                throw new IOException("the program does not end");
            }
            return lines;
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start(int user, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (user >= 0) {
            command.addAll(becoming(user));
        } else if (Sandboxes.isRoot()) {
            // What it mounts is gone with it, and as in an enclave it is process 1: not even root may read every init.
            command.addAll(List.of("unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "--"));
        }
        command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx64m"));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", jar.toString(), main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .directory(Path.of("/").toFile())
                .start();
    }

    /** The first words of a command that is to run as this user. */
    static List<String> becoming(int user) {
        return List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups", "--inh-caps=-all");
    }
}
