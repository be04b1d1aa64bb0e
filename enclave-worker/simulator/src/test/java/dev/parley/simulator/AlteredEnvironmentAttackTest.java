package dev.parley.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.simulator.probe.ProbeImage;
import dev.parley.simulator.sandbox.WorkFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The host starts the platform with every variable that changes how programs, and Java's above all, behave. */
@Tag("ATT-10")
@DisplayName("ATT-10: an altered environment")
final class AlteredEnvironmentAttackTest {
    private static final Map<String, String> ALTERED = Map.of(
            "JAVA_TOOL_OPTIONS", "-Dparley.debug=true",
            "_JAVA_OPTIONS", "-Dfile.encoding=ISO-8859-1",
            "JDK_JAVA_OPTIONS", "-Duser.timezone=Asia/Tokyo",
            "CLASSPATH", "/tmp",
            "LD_LIBRARY_PATH", "/tmp",
            "MALLOC_CHECK_", "3",
            "TZ", "Asia/Tokyo",
            "LC_ALL", "tr_TR.UTF-8",
            "PARLEY_LOG_LEVEL", "TRACE",
            "QUARKUS_LOG_LEVEL", "TRACE");

    private Path folder = Path.of("");

    @BeforeEach
    void create() throws Exception {
        assumeTrue(System.getProperty("os.name", "").equals("Linux"), "the platform runs on Linux only");
        folder = Files.createTempDirectory("parley-test-");
        // Enclaves run as other users: they must be able to pass.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    }

    @AfterEach
    void delete() throws Exception {
        WorkFolder.delete(folder);
    }

    /** Measurement, environment, files, limits: all that the probe tells from inside. */
    @Test
    void changesNothingInsideTheEnclave() throws Exception {
        var plain = report("plain", Map.of());
        var altered = report("altered", ALTERED);

        assertThat(plain).contains("pcr0=").contains("environment=[");
        assertThat(altered).isEqualTo(plain);
    }

    private String report(String name, Map<String, String> environment) throws Exception {
        var own = Files.createDirectory(folder.resolve(name));
        Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwx--x--x"));
        var command = PlatformProcess.command(
                PlatformProcess.arguments(own, ProbeImage.file()).toArray(String[]::new));
        command.environment().putAll(environment);
        try (var platform = PlatformProcess.start(command, own)) {
            // The control: the platform's own process does read them.
            assertThat(platform.announcement().stream().anyMatch(line -> line.contains("JAVA_TOOL_OPTIONS")))
                    .isEqualTo(!environment.isEmpty());
            try (var client = platform.connect()) {
                return PlatformClient.report(client.launch(false).accept());
            }
        }
    }
}
