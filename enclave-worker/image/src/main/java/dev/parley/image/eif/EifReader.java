package dev.parley.image.eif;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Reads a file once, into memory: what was checked is what is used, whatever happens to the file afterwards. */
final class EifReader {
    private EifReader() {}

    static EnclaveImage read(Path file) throws IOException, Malformed {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var header = EifHeader.parse(read(channel, EifHeader.SIZE));
            if (channel.size() != header.fileSize()) {
                throw new Malformed("image is not as long as its header says");
            }
            List<Section> sections = new ArrayList<>();
            for (var extent : header.extents()) {
                sections.add(section(channel, extent));
            }
            var wrong = SectionOrder.wrong(sections);
            if (wrong.isPresent()) {
                throw new Malformed(wrong.get());
            }
            var image = new EnclaveImage(header.architecture(), sections);
            if (EifWriter.checksum(image) != header.crc()) {
                throw new Malformed("image does not have the checksum of its header");
            }
            return image;
        }
    }

    private static Section section(FileChannel channel, EifHeader.Extent extent) throws IOException, Malformed {
        var header = read(channel, EifHeader.SECTION_HEADER);
        var type = SectionType.of(Short.toUnsignedInt(header.getShort()));
        if (header.getShort() != 0) {
            throw new Malformed("image has a section with flags");
        }
        if (header.getLong() != extent.size()) {
            throw new Malformed("image has a section of another size than its header says");
        }
        return new Section(
                type, Bytes.takeOwnershipOf(read(channel, (int) extent.size()).array()));
    }

    private static ByteBuffer read(FileChannel channel, int size) throws IOException, Malformed {
        // The length is compared with the file before memory is asked for.
        if (channel.size() - channel.position() < size) {
            throw new Malformed("image ends early");
        }
        var bytes = ByteBuffer.allocate(size);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new Malformed("image ends early");
            }
        }
        return bytes.flip();
    }
}
