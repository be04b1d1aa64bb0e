package dev.parley.image.eif;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.encoding.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The expected values were computed by {@code sha384sum} alone. PCR0, for example:
 *
 * <pre>
 * (head -c 48 /dev/zero; printf 'kernel''cmdline''one''two' | sha384sum | xxd -r -p) | sha384sum
 * </pre>
 */
final class MeasurementTest {
    private static final Section KERNEL = section(SectionType.KERNEL, "kernel");
    private static final Section CMDLINE = section(SectionType.CMDLINE, "cmdline");
    private static final Section METADATA = section(SectionType.METADATA, "{}");
    private static final Section ONE = section(SectionType.RAMDISK, "one");
    private static final Section TWO = section(SectionType.RAMDISK, "two");

    @Test
    void followsTheRuleOfAws() {
        var measurement = image(KERNEL, CMDLINE, METADATA, ONE, TWO).measurement();

        assertThat(measurement.pcr0().hex())
                .isEqualTo(
                        "2a914bd6ef8a6c0654bbf33a1ec1a7f79574705211fc5d0dbba4d0ae5895c7fbce961f7abd3cf9766bb2174e186d5074");
        assertThat(measurement.pcr1().hex())
                .isEqualTo(
                        "ebc2c9f48f0ffdffa87e10b4140dd32d381704a41be310c2aeeaffdad14ffe2f4617f94daf8d1ef75cbde564588c492b");
        assertThat(measurement.pcr2().hex())
                .isEqualTo(
                        "520a75a89f23576738754eecacb557b46a3e2d140c8d09370a959613db76bd3ee3a97b59cb4acbafd90108e8a7b0186e");
    }

    @Test
    void hashesInFileOrderWhereTheCommandLineComesLast() {
        var measurement = image(KERNEL, METADATA, ONE, TWO, CMDLINE).measurement();

        assertThat(measurement.pcr0().hex())
                .isEqualTo(
                        "7d3d1a38b84dc8745f03e22518bf55f9e3a0c1216aad372befb1b9571be54c52d5af7912af9e00caca722595d85b243d");
        assertThat(measurement.pcr1().hex())
                .isEqualTo(
                        "08b1d9937eef87745e6ebf4a03200ee6ef7c803bee937ebb3f9af705e09145f19bc45f0f307939e5058bf49dd86a59ef");
        assertThat(measurement.pcr2().hex())
                .isEqualTo(
                        "520a75a89f23576738754eecacb557b46a3e2d140c8d09370a959613db76bd3ee3a97b59cb4acbafd90108e8a7b0186e");
    }

    @Test
    void leavesMetadataOut() {
        var other = section(SectionType.METADATA, "{\"a\":1}");

        assertThat(image(KERNEL, CMDLINE, other, ONE, TWO).measurement())
                .isEqualTo(image(KERNEL, CMDLINE, METADATA, ONE, TWO).measurement());
    }

    @Test
    void changesWithEveryMeasuredSection() {
        var base = image(KERNEL, CMDLINE, METADATA, ONE, TWO).measurement();

        var kernel = image(section(SectionType.KERNEL, "Kernel"), CMDLINE, METADATA, ONE, TWO)
                .measurement();
        var cmdline = image(KERNEL, section(SectionType.CMDLINE, "Cmdline"), METADATA, ONE, TWO)
                .measurement();
        var application = image(KERNEL, CMDLINE, METADATA, ONE, section(SectionType.RAMDISK, "Two"))
                .measurement();

        assertThat(List.of(base.pcr0(), kernel.pcr0(), cmdline.pcr0(), application.pcr0()))
                .doesNotHaveDuplicates();
        assertThat(application.pcr1()).isEqualTo(base.pcr1());
        assertThat(application.pcr2()).isNotEqualTo(base.pcr2());
    }

    @Test
    void tellsApartWhatPcr0AloneDoesNot() {
        var moved = image(
                        section(SectionType.KERNEL, "kernelcmd"),
                        section(SectionType.CMDLINE, "line"),
                        METADATA,
                        section(SectionType.RAMDISK, "onet"),
                        section(SectionType.RAMDISK, "wo"))
                .measurement();
        var base = image(KERNEL, CMDLINE, METADATA, ONE, TWO).measurement();

        assertThat(moved.pcr0()).isEqualTo(base.pcr0());
        assertThat(moved).isNotEqualTo(base);
    }

    private static EnclaveImage image(Section... sections) {
        return new EnclaveImage(Architecture.X86_64, List.of(sections));
    }

    private static Section section(SectionType type, String text) {
        return new Section(type, Bytes.utf8(text));
    }
}
