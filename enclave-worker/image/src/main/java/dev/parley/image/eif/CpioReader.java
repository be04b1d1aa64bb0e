package dev.parley.image.eif;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads exactly what {@link CpioWriter} writes, so that no unusual archive is ever unpacked. */
final class CpioReader {
    private final ByteBuffer archive;
    private final SortedMap<String, Ramdisk.Content> files = new TreeMap<>();
    private final SortedSet<String> folders = new TreeSet<>();

    private CpioReader(ByteBuffer archive) {
        this.archive = archive;
    }

    static Ramdisk read(Bytes archive) throws Malformed {
        var reader = new CpioReader(archive.asBuffer());
        reader.readAll();
        require(!reader.archive.hasRemaining(), "ramdisk goes on behind its trailer");
        require(reader.folders.equals(CpioWriter.folders(reader.files.keySet())), "ramdisk has other folders");
        try {
            return new Ramdisk(reader.files);
        } catch (IllegalArgumentException e) {
            throw new Malformed("ramdisk has a path of another form", e);
        }
    }

    private void readAll() throws Malformed {
        var last = "";
        for (int inode = 1; ; inode++) {
            var header = text(CpioWriter.HEADER);
            int mode = field(header, 1);
            int size = field(header, 6);
            int nameSize = field(header, 11);
            require(nameSize >= 2 && nameSize <= 4096, "ramdisk has a name of a wrong size");
            var name = text(nameSize - 1);
            require(slice(1).get() == 0, "ramdisk has a name that does not end");
            boolean trailer = name.equals(CpioWriter.TRAILER);
            require(
                    header.equals(CpioWriter.header(trailer ? 0 : inode, mode, size, name)),
                    "ramdisk is not canonical");
            align();
            if (trailer) {
                require(mode == 0 && size == 0, "ramdisk has a trailer with content");
                return;
            }
            require(name.compareTo(last) > 0, "ramdisk is not sorted");
            last = name;
            add(name, mode, slice(size));
            align();
        }
    }

    private void add(String name, int mode, ByteBuffer data) throws Malformed {
        if (mode == CpioWriter.FOLDER) {
            require(!data.hasRemaining(), "ramdisk has a folder with data");
            folders.add(name);
            return;
        }
        require(mode == CpioWriter.FILE || mode == CpioWriter.PROGRAM, "ramdisk has neither file nor folder");
        files.put(name, new Ramdisk.Content(Bytes.copyOf(data), mode == CpioWriter.PROGRAM));
    }

    private static int field(String header, int index) throws Malformed {
        int at = CpioWriter.MAGIC.length() + 8 * index;
        try {
            return Integer.parseInt(header, at, at + 8, 16);
        } catch (NumberFormatException e) {
            throw new Malformed("ramdisk has a field that is not a number", e);
        }
    }

    private String text(int size) throws Malformed {
        return StandardCharsets.US_ASCII.decode(slice(size)).toString();
    }

    private void align() throws Malformed {
        var padding = slice(CpioWriter.padded(archive.position()) - archive.position());
        while (padding.hasRemaining()) {
            require(padding.get() == 0, "ramdisk has padding that is not zero");
        }
    }

    private ByteBuffer slice(int size) throws Malformed {
        require(size >= 0 && size <= archive.remaining(), "ramdisk ends early");
        var slice = archive.slice(archive.position(), size);
        archive.position(archive.position() + size);
        return slice;
    }

    private static void require(boolean condition, String otherwise) throws Malformed {
        if (!condition) {
            throw new Malformed(otherwise);
        }
    }
}
