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

    /** What a program says, run as {@code user}. */
    List<String> as(int user, Class<?> main, String... arguments) throws IOException, InterruptedException {
        return lines(becoming(user), main, arguments);
    }

    /** Run as whoever runs the tests. */
    List<String> asTester(Class<?> main, String... arguments) throws IOException, InterruptedException {
        return lines(List.of(), main, arguments);
    }

    /**
     * Run as root, as process 1 of its namespace: not even root may read every machine's init, and an enclave is process
     * 1 as well. What it mounts is gone with it.
     */
    List<String> asFirstProcess(Class<?> main, String... arguments) throws IOException, InterruptedException {
        var alone = List.of("unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "--");
        return lines(alone, main, arguments);
    }

    private List<String> lines(List<String> prefix, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx64m"));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", jar.toString(), main.getName()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .directory(Path.of("/").toFile())
                .start();
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

    /** The first words of a command that is to run as this user. */
    static List<String> becoming(int user) {
        return List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups", "--inh-caps=-all");
    }
}
