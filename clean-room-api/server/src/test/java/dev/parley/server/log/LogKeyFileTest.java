package dev.parley.server.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogKeyFileTest {
    private static final String ORIGIN = "log.example/parley";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it.
    private Path folder;

    private final SecureRandom random = new SecureRandom();

    @Test
    void makesAKeyOnceThatItsOwnerAloneReads() throws IOException {
        var file = folder.resolve("log.key");

        var first = new LogKeyFile(file).open(ORIGIN, random);
        var again = new LogKeyFile(file).open(ORIGIN, random);

        assertThat(again.key()).isEqualTo(first.key());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void refusesAKeyFileThatOthersMayRead() throws IOException {
        var file = folder.resolve("log.key");
        new LogKeyFile(file).open(ORIGIN, random);

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> new LogKeyFile(file).open(ORIGIN, random))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("owner alone");
    }

    @Test
    void refusesAKeyOfAnotherLogAndADamagedFile() throws IOException {
        var file = folder.resolve("log.key");
        new LogKeyFile(file).open(ORIGIN, random);

        assertThatThrownBy(() -> new LogKeyFile(file).open("other.example/log", random))
                .hasMessageContaining("origin");

        Files.writeString(file, Files.readString(file).replace("\"secret\":\"", "\"secret\":\"A"));
        assertThatThrownBy(() -> new LogKeyFile(file).open(ORIGIN, random)).isInstanceOf(IOException.class);
    }
}
