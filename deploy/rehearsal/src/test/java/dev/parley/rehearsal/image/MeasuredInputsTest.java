package dev.parley.rehearsal.image;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.image.Bootstrap;
import dev.parley.image.ImageAssembly;
import dev.parley.image.ImageRecipe;
import dev.parley.image.eif.EnclaveImage;
import dev.parley.image.eif.Ramdisk;
import dev.parley.image.eif.Section;
import dev.parley.image.eif.SectionType;
import dev.parley.local.state.Checkout;
import dev.parley.protocol.attestation.Measurement;
import dev.parley.protocol.encoding.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One changed byte of anything that an enclave runs gives other registers. The runtime is linked once for all tests. */
final class MeasuredInputsTest {
    private static final String ENCLAVE = "enclave-worker/enclave";
    private static final Random RANDOM = new Random(20261123);

    @TempDir
    private static Path folder = Path.of("");

    private static List<Path> jars = List.of();
    private static @Nullable Bootstrap bootstrap;
    private static @Nullable ImageAssembly assembly;

    @BeforeAll
    static void build() throws Exception {
        Assumptions.assumeTrue(
                System.getProperty("os.name", "").equals("Linux"), "images are linked from Linux libraries");
        jars = Checkout.find().classPath(ENCLAVE);
        var recipe = recipe(jars);
        bootstrap = Bootstrap.link(recipe.architecture(), recipe.jdk(), folder);
        assembly = ImageAssembly.of(recipe, bootstrap);
    }

    private static ImageRecipe recipe(List<Path> classPath) throws Exception {
        return ImageRecipe.here(ImageRecipe.ENCLAVE_MAIN, classPath)
                .resolvedAs(Checkout.find().built(ENCLAVE + "/target/dependencies.txt"));
    }

    private static EnclaveImage image() {
        return requireNonNull(assembly).image();
    }

    private static Measurement measured() {
        return requireNonNull(assembly).measurements().registers().measurement();
    }

    @Test
    void everyJarOfTheClassPathIsMeasured() throws Exception {
        for (int i = 0; i < jars.size(); i++) {
            var classPath = new ArrayList<>(jars);
            classPath.set(i, withOneByteChanged(jars.get(i)));

            var other = ImageAssembly.of(recipe(classPath), requireNonNull(bootstrap));

            var registers = other.measurements().registers().measurement();
            var name = jars.get(i).getFileName();
            assertThat(registers.pcr0())
                    .as("PCR0 with another %s", name)
                    .isNotEqualTo(measured().pcr0());
            assertThat(registers.pcr2())
                    .as("PCR2 with another %s", name)
                    .isNotEqualTo(measured().pcr2());
            assertThat(registers.pcr1())
                    .as("PCR1 with another %s", name)
                    .isEqualTo(measured().pcr1());
            assertThat(other.billOfMaterials())
                    .isNotEqualTo(requireNonNull(assembly).billOfMaterials());
        }

        assertThat(jars).hasSize(6);
    }

    /** The control: nothing changed, nothing else in the registers, the measurements or the bill of materials. */
    @Test
    void theSameJarsGiveTheSameImage() throws Exception {
        var again = ImageAssembly.of(recipe(jars), requireNonNull(bootstrap));

        assertThat(again).isEqualTo(assembly);
    }

    @Test
    void everyFileBesideTheJarsIsMeasured() throws Exception {
        var files = requireNonNull(bootstrap).files();
        var some =
                new ArrayList<>(List.of("runtime/lib/modules", "runtime/lib/server/classes.jsa", "boot/launcher.jar"));
        var all = List.copyOf(files.keySet());
        some.add(all.get(RANDOM.nextInt(all.size())));

        for (var name : some) {
            var changed = new TreeMap<>(files);
            var content = requireNonNull(files.get(name));
            var data = content.data().toArray();
            data[RANDOM.nextInt(data.length)] ^= 1;
            changed.put(name, new Ramdisk.Content(Bytes.takeOwnershipOf(data), content.executable()));
            var registers = replaced(SectionType.RAMDISK, firstRamdisk(changed));
            assertThat(registers.pcr0()).as(name).isNotEqualTo(measured().pcr0());
            assertThat(registers.pcr1()).as(name).isNotEqualTo(measured().pcr1());
            assertThat(registers.pcr2()).as(name).isEqualTo(measured().pcr2());
        }
    }

    @Test
    void everyFlagOfTheJvmAndEveryLineOfTheBootScriptIsMeasured() {
        for (var section : List.of(SectionType.KERNEL, SectionType.CMDLINE)) {
            var text = section == SectionType.KERNEL ? image().kernel() : image().cmdline();
            var separator = section == SectionType.KERNEL ? "\n" : " ";
            var words =
                    StandardCharsets.UTF_8.decode(text.asBuffer()).toString().split(separator, -1);
            var word = words[RANDOM.nextInt(words.length - 1)];
            var other = String.join(separator, words).replaceFirst(java.util.regex.Pattern.quote(word), word + "0");

            var registers = replaced(section, Bytes.utf8(other));

            assertThat(registers.pcr0()).as(word).isNotEqualTo(measured().pcr0());
            assertThat(registers.pcr1()).as(word).isNotEqualTo(measured().pcr1());
            assertThat(registers.pcr2()).as(word).isEqualTo(measured().pcr2());
        }
    }

    /** Of the image with other data in the first section of this type. */
    private static Measurement replaced(SectionType type, Bytes data) {
        var sections = new ArrayList<>(image().sections());
        var first = sections.stream().map(Section::type).toList().indexOf(type);
        sections.set(first, new Section(type, data));
        return new EnclaveImage(image().architecture(), sections).measurement();
    }

    /** With the native library, which comes out of a jar. */
    private static Bytes firstRamdisk(Map<String, Ramdisk.Content> files) throws Exception {
        Ramdisk.parse(image().ramdisks().getFirst()).files().forEach(files::putIfAbsent);
        return Ramdisk.of(files).archive();
    }

    /** A copy whose only difference is one byte of one class. */
    private static Path withOneByteChanged(Path jar) throws IOException {
        var copy = Files.createTempDirectory(folder, "jar").resolve(requireNonNull(jar.getFileName()));
        try (var from = new ZipFile(jar.toFile());
                var to = new ZipOutputStream(Files.newOutputStream(copy))) {
            to.setLevel(1);
            var classes = from.stream()
                    .filter(entry -> entry.getName().endsWith(".class") && entry.getSize() > 0)
                    .toList();
            var changed = classes.get(RANDOM.nextInt(classes.size())).getName();
            for (var entry : from.stream().toList()) {
                byte[] data;
                try (var input = from.getInputStream(entry)) {
                    data = input.readAllBytes();
                }
                if (entry.getName().equals(changed)) {
                    data[RANDOM.nextInt(data.length)] ^= 1;
                }
                to.putNextEntry(new ZipEntry(entry.getName()));
                to.write(data);
                to.closeEntry();
            }
        }
        return copy;
    }
}
