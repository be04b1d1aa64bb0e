package dev.parley.image.eif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EnclaveImageTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void readsWhatItWrote() throws Exception {
        var image = SmallImage.image();

        var read = EnclaveImage.read(write(image));

        assertThat(read).isEqualTo(image);
        assertThat(BootScript.parse(read.kernel())).isEqualTo(SmallImage.BOOT);
        assertThat(CommandLine.parse(read.cmdline())).isEqualTo(SmallImage.COMMAND);
    }

    @Test
    void writesAwsSectionOrderAndHeader() throws Exception {
        var bytes = ByteBuffer.wrap(Files.readAllBytes(write(SmallImage.image())));

        assertThat(bytes.getInt(0)).isEqualTo(0x2e656966);
        assertThat(bytes.getShort(4)).isEqualTo((short) 4);
        assertThat(bytes.getShort(26)).isEqualTo((short) 5);
        assertThat(List.of(typeOf(bytes, 0), typeOf(bytes, 1), typeOf(bytes, 2), typeOf(bytes, 3), typeOf(bytes, 4)))
                .containsExactly(1, 2, 5, 3, 3);
    }

    @Test
    void hasTheSameBytesEveryTime() throws Exception {
        var first = Files.readAllBytes(write(SmallImage.image()));

        var second = Files.readAllBytes(write(SmallImage.image()));

        assertThat(second).isEqualTo(first);
    }

    @Test
    void carriesASignatureSection() throws Exception {
        var sections = new java.util.ArrayList<>(SmallImage.image().sections());
        sections.add(new Section(SectionType.SIGNATURE, Bytes.utf8("signature")));
        var signed = new EnclaveImage(Architecture.AARCH64, sections);

        var read = EnclaveImage.read(write(signed));

        assertThat(read.signature()).contains(Bytes.utf8("signature"));
        assertThat(read.measurement()).isEqualTo(SmallImage.image().measurement());
    }

    @Test
    void refusesOneFlippedBitAnywhere() throws Exception {
        var good = Files.readAllBytes(write(SmallImage.image()));
        var random = new Random(20261123);

        for (int i = 0; i < 400; i++) {
            var bad = good.clone();
            bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            var file = folder.resolve("bad.eif");
            Files.write(file, bad);

            assertThatThrownBy(() -> EnclaveImage.read(file)).isInstanceOf(Malformed.class);
        }
    }

    @Test
    void refusesEveryPrefixAndWhatFollowsTheEnd() throws Exception {
        var good = Files.readAllBytes(write(SmallImage.image()));

        for (int length = 0; length < good.length; length += length < 600 ? 17 : 131) {
            assertCutRefused(good, length);
        }
        assertCutRefused(good, good.length - 1);
        assertCutRefused(good, good.length + 1);
    }

    @Test
    void refusesRightChecksumsOverWrongHeaders() throws Exception {
        var good = Files.readAllBytes(write(SmallImage.image()));

        for (int at : List.of(5, 7, 15, 23, 25, 27, 35, 291 + 8 * 6, 543)) {
            var bad = good.clone();
            bad[at] ^= 2;
            var file = folder.resolve("header.eif");
            Files.write(file, withChecksum(bad));

            assertThatThrownBy(() -> EnclaveImage.read(file)).isInstanceOf(Malformed.class);
        }
    }

    @Test
    void refusesASecondKernelAndAMissingRamdisk() {
        var sections = SmallImage.image().sections();
        var twice = new java.util.ArrayList<>(sections);
        twice.add(sections.getFirst());

        assertThatThrownBy(() -> new EnclaveImage(Architecture.X86_64, twice))
                .hasMessage("image must have exactly one KERNEL section");
        assertThatThrownBy(() -> new EnclaveImage(Architecture.X86_64, sections.subList(0, 3)))
                .hasMessage("image must have a RAMDISK section");
    }

    private void assertCutRefused(byte[] good, int length) throws IOException {
        var file = folder.resolve("cut.eif");
        Files.write(file, Arrays.copyOf(good, length));
        assertThatThrownBy(() -> EnclaveImage.read(file)).isInstanceOf(Malformed.class);
    }

    private Path write(EnclaveImage image) throws IOException {
        var file = folder.resolve("image.eif");
        image.write(file);
        return file;
    }

    private static int typeOf(ByteBuffer image, int section) {
        return image.getShort((int) image.getLong(28 + 8 * section));
    }

    /** The checksum is over everything but itself. */
    private static byte[] withChecksum(byte[] image) {
        var crc = new CRC32();
        crc.update(image, 0, 544);
        crc.update(image, 548, image.length - 548);
        ByteBuffer.wrap(image).putInt(544, (int) crc.getValue());
        return image;
    }
}
