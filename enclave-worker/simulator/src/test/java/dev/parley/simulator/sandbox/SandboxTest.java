package dev.parley.simulator.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.simulator.probe.ProbeImage;
import dev.parley.simulator.sandbox.Isolation.Tool;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SandboxTest {
    private static Path work = Path.of("");
    private static UnpackedImage image;

    @BeforeAll
    static void unpack() throws Exception {
        assumeTrue(System.getProperty("os.name", "").equals("Linux"), "enclaves are isolated on Linux only");
        work = Files.createTempDirectory("parley-test-");
        Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwx--x--x"));
        image = UnpackedImage.unpack(ProbeImage.image(), work.resolve("image"));
    }

    @AfterAll
    static void delete() throws IOException {
        WorkFolder.delete(work);
    }

    @ParameterizedTest
    @EnumSource(Tool.class)
    void refusesEverythingThatLeadsOutButTheDoor(Tool tool) throws Exception {
        var report = probe(sandbox(tool));

        assertThat(report)
                .containsEntry("unix", "allowed")
                .allSatisfy((what, outcome) -> assertThat(outcome).as(what).isNotEqualTo("ALLOWED"));
        assertThat(report.values()).filteredOn("refused"::equals).hasSizeGreaterThan(25);
    }

    @ParameterizedTest
    @EnumSource(Tool.class)
    void showsNothingButTheImageAndTheDoor(Tool tool) throws Exception {
        var report = probe(sandbox(tool));

        assertThat(report)
                .containsEntry("root", "[app, boot, dev, lib, lib64, proc, run, runtime]")
                .containsEntry("dev", "[null, random, urandom]")
                .containsEntry("door", "[host.sock]")
                .containsEntry("processes", "[1]")
                .hasEntrySatisfying("environment", names -> assertThat(names).isIn("[]", "[PWD]"));
    }

    @ParameterizedTest
    @EnumSource(Tool.class)
    void leavesNoPrivilegeAndNoCoreDump(Tool tool) throws Exception {
        var report = probe(sandbox(tool));

        assertThat(report)
                .containsEntry("CapEff", "0000000000000000")
                .containsEntry("CapPrm", "0000000000000000")
                .containsEntry("NoNewPrivs", "1")
                .containsEntry("Seccomp", "2")
                .containsEntry("Max core file size", "0")
                .containsEntry("Max data size", String.valueOf(6144L << 20));
    }

    private static Sandbox sandbox(Tool tool) throws IOException {
        try {
            return Sandboxes.of(tool, image, work);
        } catch (NoIsolation e) {
            assumeTrue(false, "not isolated here by " + e.getMessage());
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> probe(Sandbox sandbox) throws Exception {
        var door = Files.createTempDirectory(work, "door-");
        Files.setPosixFilePermissions(door, PosixFilePermissions.fromString("rwxr-xr-x"));
        var socket = door.resolve("host.sock");
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
            var user = Sandboxes.isRoot() ? OptionalInt.of(Sandboxes.FIRST_USER + 1) : OptionalInt.empty();
            var console = door.resolveSibling("console");
            var program = sandbox.start(door, user, Redirect.to(console.toFile()));
            var _ = program.process().onExit().thenRun(() -> closeQuietly(server));
            try (var connection = server.accept()) {
                return read(connection);
            } catch (IOException e) {
                throw new AssertionError(Files.readString(console), e);
            } finally {
                program.end();
            }
        }
    }

    private static Map<String, String> read(java.nio.channels.SocketChannel connection) throws IOException {
        Map<String, String> report = new HashMap<>();
        try (var reader = Channels.newReader(connection, StandardCharsets.UTF_8);
                var lines = new java.io.BufferedReader(reader)) {
            for (var line = lines.readLine(); line != null && !line.equals("done"); line = lines.readLine()) {
                report.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
            }
        }
        return report;
    }

    private static void closeQuietly(ServerSocketChannel server) {
        try {
            server.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
