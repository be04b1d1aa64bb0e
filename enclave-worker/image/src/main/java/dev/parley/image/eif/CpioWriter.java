package dev.parley.image.eif;

import dev.parley.protocol.encoding.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Writes {@code newc}: a header of 110 ASCII bytes, the name and the data, each padded to four bytes. */
final class CpioWriter {
    static final int HEADER = 110;
    static final String MAGIC = "070701";
    static final String TRAILER = "TRAILER!!!";
    static final int FOLDER = 0040555;
    static final int FILE = 0100444;
    static final int PROGRAM = 0100555;

    private CpioWriter() {}

    static Bytes write(Ramdisk ramdisk) {
        var entries = entries(ramdisk);
        long size = padded(HEADER + TRAILER.length() + 1);
        for (var entry : entries.entrySet()) {
            size += padded(HEADER + entry.getKey().length() + 1)
                    + padded(entry.getValue().data.size());
        }
        var archive = ByteBuffer.allocate(Math.toIntExact(size));
        int inode = 0;
        for (var entry : entries.entrySet()) {
            put(archive, ++inode, entry.getKey(), entry.getValue());
        }
        put(archive, 0, TRAILER, new Entry(0, Bytes.empty()));
        return Bytes.takeOwnershipOf(archive.array());
    }

    private record Entry(int mode, Bytes data) {}

    /** Files and the folders above them, sorted: a folder always comes before what is in it. */
    private static SortedMap<String, Entry> entries(Ramdisk ramdisk) {
        SortedMap<String, Entry> entries = new TreeMap<>();
        ramdisk.files()
                .forEach((path, content) ->
                        entries.put(path, new Entry(content.executable() ? PROGRAM : FILE, content.data())));
        for (var folder : folders(ramdisk.files().keySet())) {
            if (entries.put(folder, new Entry(FOLDER, Bytes.empty())) != null) {
                throw new IllegalArgumentException("a ramdisk has a file where it needs a folder");
            }
        }
        return entries;
    }

    static SortedSet<String> folders(Set<String> files) {
        SortedSet<String> folders = new TreeSet<>();
        for (var path : files) {
            for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
                folders.add(path.substring(0, slash));
            }
        }
        return folders;
    }

    private static void put(ByteBuffer archive, int inode, String name, Entry entry) {
        var header = header(inode, entry.mode, entry.data.size(), name);
        archive.put((header + name + '\0').getBytes(StandardCharsets.US_ASCII));
        archive.position(padded(archive.position()));
        archive.put(entry.data.asBuffer());
        archive.position(padded(archive.position()));
    }

    /** Everything that could differ between two builds is zero: owner, time, devices; inodes count from one. */
    static String header(int inode, int mode, int size, String name) {
        int links = mode == FOLDER ? 2 : 1;
        int[] fields = {inode, mode, 0, 0, links, 0, size, 0, 0, 0, 0, name.length() + 1, 0};
        var header = new StringBuilder(MAGIC);
        for (int field : fields) {
            header.append(HexFormat.of().toHexDigits(field));
        }
        return header.toString();
    }

    static int padded(int size) {
        return Math.addExact(size, 3) & ~3;
    }
}
