package dev.parley.image;

import dev.parley.protocol.encoding.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A jar as it lies in the image: same entries in the same order, stored and without their times. Left out are native
 * libraries, since the query engine's driver would unpack its own to a folder at every start, and here is none; and the
 * signatures of signed jars: the image is measured as a whole, and checking them again would double the time from start
 * to the first key.
 */
final class JarContent {
    private static final String NATIVE = "libduckdb_java.so_";
    private static final Pattern SIGNATURE = Pattern.compile("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");

    /** The first day of 1980 would make the JDK write a second time, which depends on the time zone of the builder. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private JarContent() {}

    static Bytes stored(Path jar) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var from = new ZipFile(jar.toFile());
                var to = new ZipOutputStream(bytes)) {
            for (var entries = from.entries(); entries.hasMoreElements(); ) {
                var entry = entries.nextElement();
                if (!entry.isDirectory() && isKept(entry.getName())) {
                    try (var data = from.getInputStream(entry)) {
                        store(to, entry.getName(), data.readAllBytes());
                    }
                }
            }
        }
        return Bytes.takeOwnershipOf(bytes.toByteArray());
    }

    private static boolean isKept(String name) {
        return !name.startsWith(NATIVE) && !SIGNATURE.matcher(name).matches();
    }

    /** The driver's library for Linux on the named processor, if this jar has it. */
    static Optional<Bytes> nativeLibrary(Path jar, String processor) throws IOException {
        try (var from = new ZipFile(jar.toFile())) {
            var entry = from.getEntry(NATIVE + "linux_" + processor);
            if (entry == null) {
                return Optional.empty();
            }
            try (var data = from.getInputStream(entry)) {
                return Optional.of(Bytes.takeOwnershipOf(data.readAllBytes()));
            }
        }
    }

    static void store(ZipOutputStream to, String name, byte[] data) throws IOException {
        var entry = new ZipEntry(name);
        var crc = new CRC32();
        crc.update(data);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(data.length);
        entry.setCrc(crc.getValue());
        entry.setTimeLocal(NO_TIME);
        to.putNextEntry(entry);
        to.write(data);
        to.closeEntry();
    }
}
