package dev.parley.image.eif;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;

/** Lays an image out as a file. */
final class EifWriter {
    private EifWriter() {}

    static void write(EnclaveImage image, Path file) throws IOException {
        var sealed = new EifHeader(image.architecture(), EifHeader.contiguous(image.sections()), checksum(image));
        try (var channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            writeFully(channel, sealed.bytes());
            for (var section : image.sections()) {
                writeFully(
                        channel,
                        EifHeader.sectionHeader(section.type(), section.data().size()));
                writeFully(channel, section.data().asBuffer());
            }
        }
    }

    static int checksum(EnclaveImage image) {
        var crc = new CRC32();
        new EifHeader(image.architecture(), EifHeader.contiguous(image.sections()), 0).feed(crc);
        for (var section : image.sections()) {
            crc.update(EifHeader.sectionHeader(section.type(), section.data().size()));
            crc.update(section.data().asBuffer());
        }
        return (int) crc.getValue();
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
