package dev.parley.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.simulator.probe.ProbeImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A platform started as deployments start it: a process of its own. */
final class PlatformProcess implements AutoCloseable {
    /** What machines of developers may lack. */
    static final String EVERY_WEAKER_LEVEL = "no-outer-filter,no-dedicated-user,no-control-group,no-secret-memory";

    private final Process process;
    private final Path socket;
    private final List<String> announcement;

    private PlatformProcess(Process process, Path socket, List<String> announcement) {
        this.process = process;
        this.socket = socket;
        this.announcement = announcement;
    }

    static PlatformProcess start(Path folder) throws Exception {
        return start(folder, ProbeImage.file());
    }

    static PlatformProcess start(Path folder, Path image) throws Exception {
        return start(command(arguments(folder, image).toArray(String[]::new)), folder);
    }

    static PlatformProcess start(ProcessBuilder command, Path folder) throws Exception {
        var process = command.redirectErrorStream(true).start();
        return new PlatformProcess(process, socket(folder), readUntilReady(process));
    }

    /** Of a platform that keeps everything in this folder and starts on any machine. */
    static List<String> arguments(Path folder, Path image) {
        return List.of(
                "--state", folder.resolve("state").toString(),
                "--image", image.toString(),
                "--socket", socket(folder).toString(),
                "--work", folder.resolve("work").toString(),
                "--accept-weaker", EVERY_WEAKER_LEVEL);
    }

    private static Path socket(Path folder) {
        return folder.resolve("control.sock");
    }

    static ProcessBuilder command(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx1g"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path", "")));
        command.add(Main.class.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    private static List<String> readUntilReady(Process process) throws IOException {
        List<String> lines = new ArrayList<>();
        var reader = new BufferedReader(process.inputReader(StandardCharsets.UTF_8));
        for (var line = reader.readLine(); line != null; line = reader.readLine()) {
            lines.add(line);
            if (line.endsWith("ready")) {
                break;
            }
        }
        return lines;
    }

    boolean isReady() {
        return !announcement.isEmpty() && announcement.getLast().endsWith("ready");
    }

    List<String> announcement() {
        return announcement;
    }

    PlatformClient connect() throws IOException {
        return PlatformClient.connect(socket);
    }

    /** As the kernel ends it when memory is short: without a chance to clean up. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    private void awaitEnd() {
        assertThat(process.onExit().orTimeout(20, TimeUnit.SECONDS).join().isAlive())
                .isFalse();
    }

    @Override
    public void close() {
        process.destroy();
        awaitEnd();
    }
}
