package dev.parley.image.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.image.eif.Architecture;
import dev.parley.image.eif.BootScript;
import dev.parley.image.eif.CommandLine;
import dev.parley.image.eif.EnclaveImage;
import dev.parley.image.eif.ImageBuilder;
import dev.parley.image.eif.Ramdisk;
import dev.parley.image.eif.SandboxProfile;
import dev.parley.image.eif.Section;
import dev.parley.image.eif.SectionType;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

final class ImageComparisonTest {
    private static final Shape BASE =
            new Shape(List.of("/app/a.jar"), List.of("-Xmx64m", "-Da=b"), "libc", Map.of("M.class", "m"), "25");

    /** What an image of these tests is made of. */
    private record Shape(
            List<String> classpath, List<String> flags, String libc, Map<String, String> entries, String jdk) {
        EnclaveImage image() throws IOException {
            return new ImageBuilder(
                            Architecture.X86_64,
                            new BootScript("/runtime/bin/java", "L", "M", classpath),
                            new CommandLine(new SandboxProfile(512, 60, 64, 64), flags),
                            Json.object().put("jdk", jdk).build())
                    .ramdisk(Ramdisk.of(Map.of("lib/libc.so.6", new Ramdisk.Content(Bytes.utf8(libc), true)))
                            .archive())
                    .ramdisk(Ramdisk.of(Map.of("app/a.jar", new Ramdisk.Content(jar(entries), false)))
                            .archive())
                    .build();
        }

        private static Bytes jar(Map<String, String> entries) throws IOException {
            var bytes = new ByteArrayOutputStream();
            try (var zip = new ZipOutputStream(bytes)) {
                for (var entry : entries.entrySet()) {
                    var header = new ZipEntry(entry.getKey());
                    header.setTime(0);
                    zip.putNextEntry(header);
                    zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
                }
            }
            return Bytes.takeOwnershipOf(bytes.toByteArray());
        }
    }

    @Test
    void findsNothingBetweenAnImageAndItself() throws Exception {
        var comparison = compare(BASE.image(), BASE.image());

        assertThat(comparison.changes()).isEmpty();
        assertThat(comparison.registers()).isEmpty();
    }

    @Test
    void namesTheEntriesOfAChangedJar() throws Exception {
        var after =
                new Shape(BASE.classpath, BASE.flags, BASE.libc, Map.of("M.class", "other", "N.class", "n"), BASE.jdk);

        var comparison = compare(BASE.image(), after.image());

        assertThat(says(comparison.changes())).containsExactly("ramdisk 2 changed app/a.jar");
        assertThat(says(comparison.changes().getFirst().entries()))
                .containsExactly("ramdisk 2 changed M.class", "ramdisk 2 added N.class");
        assertThat(registers(comparison)).containsExactly("PCR0 ramdisk 2", "PCR2 ramdisk 2");
    }

    @Test
    void namesAFlagThatChangedOneThatCameAndOneThatWent() throws Exception {
        var after = new Shape(BASE.classpath, List.of("-Xmx128m", "-XX:+UseSerialGC"), BASE.libc, BASE.entries, "25");

        var comparison = compare(BASE.image(), after.image());

        assertThat(says(comparison.changes()))
                .containsExactly(
                        "command line removed -Da",
                        "command line added -XX:UseSerialGC",
                        "command line changed -Xmx",
                        "command line changed order of flags");
        assertThat(registers(comparison)).containsExactly("PCR0 command line", "PCR1 command line");
    }

    @Test
    void namesLibraryBootScriptAndJdk() throws Exception {
        var after = new Shape(List.of("/app/a.jar", "/app/b.jar"), BASE.flags, "other libc", BASE.entries, "26");

        var comparison = compare(BASE.image(), after.image());

        assertThat(says(comparison.changes()))
                .containsExactly(
                        "boot script added classpath 02", "ramdisk 1 changed lib/libc.so.6", "metadata changed jdk");
        assertThat(registers(comparison)).containsExactly("PCR0 boot script, ramdisk 1", "PCR1 boot script, ramdisk 1");
    }

    @Test
    void saysThatMetadataAloneChangesNoRegister() throws Exception {
        var after = new Shape(BASE.classpath, BASE.flags, BASE.libc, BASE.entries, "26");

        var comparison = compare(BASE.image(), after.image());

        assertThat(says(comparison.changes())).containsExactly("metadata changed jdk");
        assertThat(comparison.registers()).isEmpty();
    }

    @Test
    void namesARamdiskThatWentAndASignatureThatDoesNotHold() throws Exception {
        var sections = new ArrayList<>(BASE.image().sections());
        sections.removeLast();
        var after = new EnclaveImage(Architecture.X86_64, sections).withSignature(Bytes.utf8("x"));

        var comparison = compare(BASE.image(), after);

        assertThat(says(comparison.changes()))
                .containsExactly(
                        "order of sections changed order of sections",
                        "ramdisk 2 removed app/a.jar",
                        "signature changed signature");
        assertThat(comparison.registers().getLast().after()).isEmpty();
    }

    @Test
    void comparesWhatOtherBuildersMade() throws Exception {
        var one = ofAws("bzImage", "console=ttyS0", "cpio.gz");

        assertThat(says(compare(one, ofAws("bzImage 2", "console=ttyS0", "cpio.gz 2"))
                        .changes()))
                .containsExactly(
                        "boot script changed kernel of another builder",
                        "ramdisk 1 changed archive of another builder");
    }

    /** Whatever changes, the registers that change are those of the parts that did. */
    @Test
    void explainsEveryRegisterThatChanges() throws Exception {
        var shapes = List.of(
                BASE,
                new Shape(List.of("/b"), BASE.flags, BASE.libc, BASE.entries, BASE.jdk),
                new Shape(BASE.classpath, List.of(), BASE.libc, BASE.entries, BASE.jdk),
                new Shape(BASE.classpath, BASE.flags, "x", BASE.entries, BASE.jdk),
                new Shape(BASE.classpath, BASE.flags, BASE.libc, Map.of(), BASE.jdk),
                new Shape(List.of("/b"), List.of(), "x", Map.of(), "y"));

        for (var before : shapes) {
            for (var after : shapes) {
                var comparison = compare(before.image(), after.image());
                var covered = comparison.changes().stream()
                        .flatMap(change -> change.part().registers().stream())
                        .distinct()
                        .sorted()
                        .toList();
                assertThat(comparison.registers())
                        .extracting(ImageComparison.RegisterChange::index)
                        .isEqualTo(covered);
                assertThat(comparison.registers())
                        .allSatisfy(register -> assertThat(register.parts()).isNotEmpty());
            }
        }
    }

    private static EnclaveImage ofAws(String kernel, String cmdline, String ramdisk) {
        return new EnclaveImage(
                Architecture.X86_64,
                List.of(
                        new Section(SectionType.KERNEL, Bytes.utf8(kernel)),
                        new Section(SectionType.CMDLINE, Bytes.utf8(cmdline)),
                        new Section(SectionType.METADATA, Bytes.utf8("{}")),
                        new Section(SectionType.RAMDISK, Bytes.utf8(ramdisk))));
    }

    private static ImageComparison compare(EnclaveImage before, EnclaveImage after) {
        return ImageComparison.of(before, after, Instant.EPOCH);
    }

    private static List<String> says(List<Change> changes) {
        return changes.stream()
                .map(change -> change.part().name() + " " + change.verb() + " " + change.subject())
                .toList();
    }

    private static List<String> registers(ImageComparison comparison) {
        return comparison.registers().stream()
                .map(register -> "PCR" + register.index() + " " + String.join(", ", register.parts()))
                .toList();
    }
}
