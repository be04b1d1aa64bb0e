package dev.parley.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void writeTheSecret() throws IOException {
        Files.writeString(folder.resolve("secret"), "s3cret\n");
    }

    @Test
    void oneEnclaveIsKeptWarmUnlessToldOtherwise() throws IOException {
        assertThat(parse().warm()).isOne();
        assertThat(parse("--warm", "0").warm()).isZero();
        assertThat(parse("--warm", "64").warm()).isEqualTo(64);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "65", "", "one", "1 ", "00"})
    void refusesAnotherNumberOfWarmEnclaves(String number) {
        assertThatThrownBy(() -> parse("--warm", number))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("usage:");
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> parse("--cold", "1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> parse("--warm")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> parse("--name", "another")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void printsNoSecret() throws IOException {
        assertThat(parse().toString()).doesNotContain("s3cret");
    }

    private Settings parse(String... more) throws IOException {
        var words = new ArrayList<>(List.of("--name", "local", "--api", "http://127.0.0.1:1"));
        words.addAll(List.of("--token-endpoint", "http://127.0.0.1:2/token", "--client", "host"));
        words.addAll(List.of("--secret-file", folder.resolve("secret").toString(), "--platform", "/run/nitro.sock"));
        words.addAll(List.of(more));
        return Settings.parse(words.toArray(String[]::new));
    }
}
