package dev.parley.simulator.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.image.eif.Architecture;
import dev.parley.image.eif.BootScript;
import dev.parley.image.eif.CommandLine;
import dev.parley.image.eif.ImageBuilder;
import dev.parley.image.eif.Ramdisk;
import dev.parley.image.eif.SandboxProfile;
import dev.parley.image.signing.LoadableImage;
import dev.parley.image.signing.SignatureRefused;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class UnpackedImageTest {
    private Path folder = Path.of("");

    @BeforeEach
    void create() throws IOException {
        folder = Files.createTempDirectory("parley-test-");
    }

    @AfterEach
    void delete() throws IOException {
        WorkFolder.delete(folder);
    }

    @Test
    void holdsTheFilesReadOnly() throws Exception {
        var unpacked = UnpackedImage.unpack(image("a/b", "c/d"), folder.resolve("i"));

        assertThat(unpacked.root().resolve("a/b")).hasContent("content");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("i/a"))))
                .isEqualTo("r-xr-xr-x");
        assertThat(unpacked.unchanged()).isTrue();
    }

    @Test
    void noticesAChangeEvenWhereSizeAndTimeAreSetBack() throws Exception {
        var unpacked = UnpackedImage.unpack(image("a/b", "c/d"), folder.resolve("i"));
        var file = unpacked.root().resolve("a/b");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Files.writeString(file, "CONTENT");
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));

        assertThat(unpacked.unchanged()).isFalse();
    }

    @Test
    void noticesAFileThatWasAdded() throws Exception {
        var unpacked = UnpackedImage.unpack(image("a/b", "c/d"), folder.resolve("i"));
        var below = unpacked.root().resolve("c");

        Files.setPosixFilePermissions(below, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(below.resolve("e"), "more");

        assertThat(unpacked.unchanged()).isFalse();
    }

    @Test
    void refusesOneRamdiskToReplaceAnothersFile() {
        assertThatThrownBy(() -> UnpackedImage.unpack(image("a/b", "a/b"), folder.resolve("i")))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining("same file");
    }

    private static LoadableImage image(String first, String second) throws SignatureRefused {
        var image = new ImageBuilder(
                        Architecture.X86_64,
                        new BootScript("/j", "L", "M", List.of("/a")),
                        new CommandLine(new SandboxProfile(512, 60, 64, 64), List.of()),
                        Json.object().build())
                .ramdisk(ramdisk(first))
                .ramdisk(ramdisk(second))
                .build();
        return LoadableImage.judge(image, Instant.EPOCH);
    }

    private static Bytes ramdisk(String path) {
        return Ramdisk.of(Map.of(path, new Ramdisk.Content(Bytes.utf8("content"), false)))
                .archive();
    }
}
