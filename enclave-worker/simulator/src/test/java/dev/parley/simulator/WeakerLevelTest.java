package dev.parley.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.protocol.attestation.ParentRole;
import dev.parley.simulator.probe.ProbeImage;
import dev.parley.simulator.sandbox.Sandboxes;
import dev.parley.simulator.sandbox.WorkFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A machine that lacks a layer of isolation ({@code docs/spec/isolation.md} §2, §3). */
final class WeakerLevelTest {
    private Path folder = Path.of("");

    @BeforeEach
    void create() throws IOException {
        assumeTrue(System.getProperty("os.name", "").equals("Linux"), "the platform runs on Linux only");
        folder = Files.createTempDirectory("parley-test-");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    }

    @AfterEach
    void delete() throws IOException {
        WorkFolder.delete(folder);
    }

    /** Where nothing can become another user, or make a control group, as in many a container. */
    @Test
    void refusesToStartWithALayerMissingUnlessItIsNamed() throws Exception {
        // A name of a layer that is there changes nothing.
        var refused = withoutControlGroups(folder, List.of("--accept-weaker", "no-outer-filter,no-secret-memory"));

        assertThat(refused.exit()).isEqualTo(Failure.NO_ISOLATION);
        assertThat(refused.said())
                .contains("control-group")
                .contains("--accept-weaker")
                .contains("no-control-group");
    }

    @Test
    void tellsTheWeakerLevelThatWasNamedInTheRoleAndProvesItInPcr3() throws Exception {
        var command = hidingControlGroups(PlatformProcess.arguments(folder, ProbeImage.file()));
        try (var platform = PlatformProcess.start(command, folder)) {
            assumeTrue(platform.isReady(), () -> "no platform here: " + platform.announcement());
            try (var client = platform.connect()) {
                var enclave = client.launch(false);
                var role = enclave.started().string("role");

                assertThat(role).startsWith("arn:sim:iam::000000000000:role/parley-enclave-host/isolation/no-");
                assertThat(role).endsWith("no-control-group");
                assertThat(platform.announcement()).anyMatch(line -> line.contains("layer control-group: MISSING"));
                assertThat(PlatformClient.report(enclave.accept()))
                        .contains("pcr3="
                                + ParentRole.register(Optional.of(ParentRole.parse(role)))
                                        .hex());
            }
        }
    }

    private record Ended(int exit, String said) {}

    private static Ended withoutControlGroups(Path folder, List<String> options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "--state", folder.resolve("state").toString(),
                "--image", ProbeImage.file().toString(),
                "--socket", folder.resolve("s").toString(),
                "--work", folder.resolve("work").toString()));
        arguments.addAll(options);
        var process = hidingControlGroups(arguments).redirectErrorStream(true).start();
        try (var reader = process.inputReader()) {
            var said = reader.readAllAsString();
            return new Ended(process.waitFor(), said);
        }
    }

    /** In a mount namespace of its own, where root sees no control groups; other users cannot make any as it is. */
    private static ProcessBuilder hidingControlGroups(List<String> arguments) {
        var command = PlatformProcess.command(arguments.toArray(String[]::new));
        if (Sandboxes.isRoot()) {
            List<String> hiding = new ArrayList<>(List.of("unshare", "--mount", "--propagation", "private", "--"));
            hiding.addAll(List.of("sh", "-c", "mount -t tmpfs -o ro none /sys/fs/cgroup && exec \"$@\"", "sh"));
            hiding.addAll(command.command());
            command.command(hiding);
        }
        return command;
    }
}
