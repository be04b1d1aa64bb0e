package dev.parley.simulator.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.simulator.probe.Escapes;
import dev.parley.simulator.sandbox.Isolation.Tool;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every way out of an enclave, tried from inside, and tried again outside where it is open. */
@Timeout(120)
final class EscapeTest {
    private static final int WAYS = 14;
    private static final int STRANGER = Sandboxes.FIRST_USER + 900;

    private static TestSandbox sandboxes;
    private static ServerSocket host;

    @BeforeAll
    static void prepare() throws Exception {
        sandboxes = TestSandbox.create();
        host = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterAll
    static void delete() throws IOException {
        host.close();
        sandboxes.close();
    }

    /** One line of a report. */
    private record Tried(String way, String name, boolean privileged, boolean allowed) {
        static Tried parse(String line) {
            var parts = line.split("\t", 4);
            return new Tried(parts[0], parts[1], parts[2].equals("root"), parts[3].equals("ALLOWED"));
        }
    }

    @ParameterizedTest
    @EnumSource(Tool.class)
    void refusesEveryWayOut(Tool tool) throws Exception {
        try (var running = sandboxes.start(sandboxes.of(tool, sandboxes.image(Escapes.class)))) {
            running.tell("" + host.getLocalPort());
            var tried = tried(running.lines());

            assertThat(tried).filteredOn(Tried::allowed).isEmpty();
            assertThat(ways(tried)).hasSize(WAYS);
            System.out.println(
                    "by " + tool + ": " + WAYS + " of " + WAYS + " ways out refused, " + tried.size() + " attempts");
        }
    }

    /** The control: the same program outside finds every way open, as a user of the same kind or as root. */
    @Test
    void findsEveryWayOpenOutside() throws Exception {
        var outside = new Outside(sandboxes.work());
        var port = "" + host.getLocalPort();

        var asUser = tried(
                Sandboxes.isRoot() ? outside.as(STRANGER, Escapes.class, port) : outside.asTester(Escapes.class, port));
        assertThat(asUser).filteredOn(each -> !each.privileged()).allMatch(Tried::allowed);
        assertThat(ways(asUser)).hasSize(WAYS);
        assumeTrue(Sandboxes.isRoot(), "not run: the control of what only root may do");
        var asRoot = tried(outside.asFirstProcess(Escapes.class, port));
        assertThat(asRoot).filteredOn(Tried::privileged).isNotEmpty().allMatch(Tried::allowed);
    }

    @Test
    void speaksThroughUnixSocketsAlone() throws Exception {
        assumeTrue(Sandboxes.isRoot(), "not run: only root can trace an enclave");
        assumeTrue(Files.isExecutable(java.nio.file.Path.of("/usr/bin/strace")), "not run: there is no strace here");
        var trace = sandboxes.work().resolve("trace");
        try (var running = sandboxes.start(sandboxes.of(Tool.BUBBLEWRAP, sandboxes.image(Escapes.class)))) {
            var strace = new ProcessBuilder(
                            "strace", "-f", "-e", "trace=network", "-o", trace.toString(), "-p", "" + running.pid())
                    .redirectErrorStream(true)
                    .start();
            try (var said = new BufferedReader(strace.inputReader(StandardCharsets.UTF_8))) {
                assertThat(said.readLine()).contains("attached");
                running.tell("" + host.getLocalPort());
                assertThat(running.lines()).isNotEmpty();
            }
            strace.waitFor();
        }

        var sockets = Files.readAllLines(trace).stream()
                .filter(line -> line.contains("socket(") || line.contains("connect("))
                .toList();
        // That the refused ones are there shows that the trace sees all of them.
        assertThat(sockets).anyMatch(line -> line.contains("AF_INET6") && line.contains("EPERM"));
        assertThat(sockets).filteredOn(line -> !line.contains("AF_UNIX")).allMatch(line -> line.contains("= -1 EPERM"));
    }

    private static List<Tried> tried(List<String> lines) {
        return lines.stream()
                .filter(line -> line.contains("\t"))
                .map(Tried::parse)
                .toList();
    }

    private static Map<String, Long> ways(List<Tried> tried) {
        Map<String, Long> ways = new TreeMap<>();
        tried.forEach(each -> ways.merge(each.way(), 1L, Long::sum));
        return ways;
    }
}
