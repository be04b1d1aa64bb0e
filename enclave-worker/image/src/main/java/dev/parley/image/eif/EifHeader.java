package dev.parley.image.eif;

import dev.parley.protocol.encoding.Malformed;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The 548 bytes before the first section, all big endian: magic u32, version u16, flags u16, memory u64, processors u64,
 * reserved u16, count u16, offsets u64[32], sizes u64[32], unused u32, CRC-32 u32.
 */
record EifHeader(Architecture architecture, List<Extent> extents, int crc) {
    static final int SIZE = 548;
    static final int SECTION_HEADER = 12;
    private static final int CRC_AT = 544;
    private static final int MAGIC = 0x2e656966;
    private static final short VERSION = 4;
    private static final long DEFAULT_MEMORY = 1L << 30;
    private static final long DEFAULT_PROCESSORS = 2;

    /** Where a section's header begins, and how many bytes of data follow it. */
    record Extent(long offset, long size) {}

    EifHeader {
        extents = List.copyOf(extents);
    }

    /** The extents of sections that follow each other without a gap. */
    static List<Extent> contiguous(List<Section> sections) {
        List<Extent> extents = new ArrayList<>();
        long at = SIZE;
        for (var section : sections) {
            extents.add(new Extent(at, section.data().size()));
            at += SECTION_HEADER + section.data().size();
        }
        return extents;
    }

    static EifHeader parse(ByteBuffer bytes) throws Malformed {
        require(bytes.getInt() == MAGIC, "image does not begin with the EIF magic");
        require(bytes.getShort() == VERSION, "image is not of EIF version 4");
        var architecture = architecture(bytes.getShort());
        // Defaults for memory and processors: whoever launches decides, and they are not measured.
        require(bytes.getLong() == DEFAULT_MEMORY && bytes.getLong() == DEFAULT_PROCESSORS, "image asks for resources");
        require(bytes.getShort() == 0, "image has a reserved field set");
        var extents = extents(bytes);
        require(bytes.getInt() == 0, "image has an unused field set");
        return new EifHeader(architecture, extents, bytes.getInt());
    }

    private static List<Extent> extents(ByteBuffer bytes) throws Malformed {
        int count = Short.toUnsignedInt(bytes.getShort());
        require(count >= 2 && count <= EnclaveImage.MAX_SECTIONS, "image has a wrong number of sections");
        var offsets = new long[EnclaveImage.MAX_SECTIONS];
        bytes.asLongBuffer().get(offsets);
        bytes.position(bytes.position() + 8 * offsets.length);
        List<Extent> extents = new ArrayList<>();
        long next = SIZE;
        for (int i = 0; i < offsets.length; i++) {
            long size = bytes.getLong();
            if (i >= count) {
                require(offsets[i] == 0 && size == 0, "image describes a section beyond its count");
                continue;
            }
            require(offsets[i] == next, "image has sections that do not follow each other");
            require(size >= 0 && size <= Integer.MAX_VALUE - SECTION_HEADER, "image has a section beyond 2 GiB");
            extents.add(new Extent(next, size));
            next += SECTION_HEADER + size;
        }
        return extents;
    }

    private static Architecture architecture(short flags) throws Malformed {
        for (var architecture : Architecture.values()) {
            if (architecture.flags() == flags) {
                return architecture;
            }
        }
        throw new Malformed("image has unknown flags");
    }

    long fileSize() {
        var last = extents.getLast();
        return last.offset() + SECTION_HEADER + last.size();
    }

    ByteBuffer bytes() {
        var bytes = ByteBuffer.allocate(SIZE);
        bytes.putInt(MAGIC).putShort(VERSION).putShort((short) architecture.flags());
        bytes.putLong(DEFAULT_MEMORY).putLong(DEFAULT_PROCESSORS);
        bytes.putShort((short) 0).putShort((short) extents.size());
        int offsets = bytes.position();
        for (int i = 0; i < extents.size(); i++) {
            bytes.putLong(offsets + 8 * i, extents.get(i).offset());
            bytes.putLong(
                    offsets + 8 * (EnclaveImage.MAX_SECTIONS + i),
                    extents.get(i).size());
        }
        return bytes.putInt(CRC_AT, crc).rewind();
    }

    /** Feeds everything of this header but the checksum itself. */
    void feed(CRC32 crc32) {
        crc32.update(bytes().limit(CRC_AT));
    }

    static ByteBuffer sectionHeader(SectionType type, long size) {
        return ByteBuffer.allocate(SECTION_HEADER)
                .putShort((short) type.code())
                .putShort((short) 0)
                .putLong(size)
                .flip();
    }

    private static void require(boolean condition, String otherwise) throws Malformed {
        if (!condition) {
            throw new Malformed(otherwise);
        }
    }
}
