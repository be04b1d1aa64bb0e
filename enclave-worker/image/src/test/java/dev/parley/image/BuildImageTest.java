package dev.parley.image;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.image.eif.BootScript;
import dev.parley.image.eif.EnclaveImage;
import dev.parley.image.eif.Ramdisk;
import dev.parley.protocol.attestation.Pcrs;
import dev.parley.protocol.encoding.Bytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BuildImageTest {
    @TempDir
    private static Path folder = Path.of("");

    private static Path jar = Path.of("");
    private static @Nullable OtherUser other;

    @BeforeAll
    static void buildTwice() throws Exception {
        assumeTrue(System.getProperty("os.name", "").equals("Linux"), "images are linked from Linux libraries");
        jar = jarWith(
                "a/Main.class", "META-INF/SIGNER.SF", "libduckdb_java.so_linux_amd64", "libduckdb_java.so_linux_arm64");
        BuildImage.ensure(recipe(), files(folder));
        other = OtherUser.arrive();
        var theirs = files(other.folder());
        other.build(List.of(
                theirs.image().toString(),
                theirs.measurements().toString(),
                "--main",
                "a.Main",
                other.copy(jar).toString()));
    }

    @AfterAll
    static void leave() throws IOException {
        if (other != null) {
            other.close();
        }
    }

    private static ImageFiles files(Path folder) {
        return new ImageFiles(folder.resolve("i.eif"), folder.resolve("m.json"));
    }

    private static ImageFiles theirs() {
        return files(requireNonNull(other).folder());
    }

    /** By another user only where the tests run as root; in any case from another folder and surroundings. */
    @Test
    void givesIdenticalBytesInDifferentFoldersToDifferentUsers() throws Exception {
        assertThat(Files.mismatch(files(folder).image(), theirs().image())).isEqualTo(-1);
        assertThat(files(folder).measurements()).hasSameBinaryContentAs(theirs().measurements());
        assertThat(EnclaveImage.read(theirs().image()).measurement())
                .isEqualTo(EnclaveImage.read(files(folder).image()).measurement());
        assertThat(Files.getOwner(theirs().image())
                        .equals(Files.getOwner(files(folder).image())))
                .isNotEqualTo(OtherUser.isAnother());
    }

    @Test
    void publishesTheMeasurementOfTheFile() throws Exception {
        var published = published();

        assertThat(published.registers().measurement())
                .isEqualTo(EnclaveImage.read(files(folder).image()).measurement());
        assertThat(published.registers().pcr8()).isEqualTo(Pcrs.zero());
        assertThat(published.jars()).extracting(Measurements.Input::name).containsExactly("app.jar");
        assertThat(published.libraries()).extracting(Measurements.Input::name).contains("lib64/ld-linux-x86-64.so.2");
        assertThat(published.billOfMaterials()).isEmpty();
    }

    private static Measurements published() throws Exception {
        return Measurements.parse(Bytes.copyOf(Files.readAllBytes(files(folder).measurements())));
    }

    @Test
    void holdsARuntimeALauncherTheLibrariesAndTheJars() throws Exception {
        var image = EnclaveImage.read(files(folder).image());

        var bootstrap = Ramdisk.parse(image.ramdisks().get(0)).files();
        var application = Ramdisk.parse(image.ramdisks().get(1)).files();

        assertThat(bootstrap)
                .containsKeys("runtime/bin/java", "runtime/lib/server/classes.jsa", "boot/launcher.jar")
                .containsKey("native/libduckdb_java.so")
                .doesNotContainKeys("runtime/lib/jspawnhelper", "runtime/bin/keytool");
        assertThat(application).containsOnlyKeys("app/app.jar");
        assertThat(entries(application.get("app/app.jar"))).containsExactly("a/Main.class");
        assertThat(BootScript.parse(image.kernel()).classpath()).containsExactly("/boot/launcher.jar", "/app/app.jar");
    }

    @Test
    void leavesAnImageOfTheSameInputsAlone() throws Exception {
        assertThat(BuildImage.ensure(recipe(), files(folder))).isFalse();
    }

    @Test
    void saysHowToCallIt() {
        var errors = new ByteArrayOutputStream();

        int exit = BuildImage.run(List.of(), new PrintStream(errors, true, StandardCharsets.UTF_8));

        assertThat(exit).isEqualTo(2);
        assertThat(errors.toString(StandardCharsets.UTF_8)).startsWith("image: usage: BuildImage");
    }

    private static List<String> entries(Ramdisk.@Nullable Content jar) throws IOException {
        List<String> names = new ArrayList<>();
        try (var zip = new ZipInputStream(
                new ByteArrayInputStream(requireNonNull(jar).data().toArray()))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        return names;
    }

    private static ImageRecipe recipe() throws BuildFailed {
        return ImageRecipe.here("a.Main", List.of(jar));
    }

    private static Path jarWith(String... entries) throws IOException {
        var file = folder.resolve("app.jar");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (var entry : entries) {
                zip.putNextEntry(new ZipEntry(entry));
                zip.write(entry.getBytes(StandardCharsets.UTF_8));
            }
        }
        return file;
    }
}
