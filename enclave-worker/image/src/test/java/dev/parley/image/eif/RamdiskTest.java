package dev.parley.image.eif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.image.eif.Ramdisk.Content;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RamdiskTest {
    private static final Ramdisk RAMDISK = Ramdisk.of(Map.of(
            "lib/libc.so.6", new Content(Bytes.utf8("libc"), true),
            "a", new Content(Bytes.empty(), false),
            "app/x/y.jar", new Content(Bytes.utf8("jar!!"), false)));

    @TempDir
    private Path folder = Path.of("");

    @Test
    void readsWhatItWrote() throws Exception {
        assertThat(Ramdisk.parse(RAMDISK.archive())).isEqualTo(RAMDISK);
    }

    @Test
    void isWhatCpioUnpacks() throws Exception {
        var archive = folder.resolve("archive");
        Files.write(archive, RAMDISK.archive().toArray());
        Process cpio;
        try {
            cpio = new ProcessBuilder("cpio", "-i", "--quiet", "-d", "--no-absolute-filenames")
                    .directory(folder.toFile())
                    .redirectInput(archive.toFile())
                    .start();
        } catch (java.io.IOException e) {
            org.junit.jupiter.api.Assumptions.abort("no cpio on this machine");
            throw e;
        }

        assertThat(cpio.waitFor()).isZero();

        assertThat(folder.resolve("app/x/y.jar")).hasContent("jar!!");
        assertThat(folder.resolve("lib/libc.so.6")).hasContent("libc").isExecutable();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../up", "a/../b", "a//b", "", ".", "a/.hidden", "a\nb", "a/"})
    void refusesPathsThatLeadElsewhere(String path) {
        assertThatThrownBy(() -> SmallImage.ramdisk(path, "x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAFileWhereAFolderIsNeeded() {
        var torn = Ramdisk.of(Map.of(
                "a", new Content(Bytes.empty(), false),
                "a/b", new Content(Bytes.empty(), false)));

        assertThatThrownBy(torn::archive).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesALinkOwnersAndTimes() {
        var archive = new String(RAMDISK.archive().toArray(), StandardCharsets.ISO_8859_1);

        assertMalformed(archive.replaceFirst("00008124", "0000a1ff"));
        assertMalformed(archive.replaceFirst("0000812400000000", "0000812400000001"));
        assertMalformed(archive.replaceFirst("07070100000001", "07070100000009"));
        assertMalformed(archive + "\0\0\0\0");
    }

    @Test
    void readsNothingButItsOwnBytes() {
        var good = RAMDISK.archive().toArray();
        var random = new Random(7);

        for (int i = 0; i < 3000; i++) {
            var bytes = random.nextBoolean() ? good.clone() : Arrays.copyOf(good, random.nextInt(good.length));
            if (bytes.length > 0) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
            }
            readsOnlyCanonical(Bytes.takeOwnershipOf(bytes));
        }
    }

    /** A changed name or content is another archive; a changed anything else is none. */
    private static void readsOnlyCanonical(Bytes archive) {
        try {
            assertThat(Ramdisk.parse(archive).archive()).isEqualTo(archive);
        } catch (Malformed e) {
            assertThat(e).hasMessageContaining("ramdisk");
        }
    }

    private static void assertMalformed(String archive) {
        var bytes = Bytes.takeOwnershipOf(archive.getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> Ramdisk.parse(bytes)).isInstanceOf(Malformed.class);
    }
}
