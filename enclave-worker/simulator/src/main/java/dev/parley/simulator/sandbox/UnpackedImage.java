package dev.parley.simulator.sandbox;

import static java.util.Objects.requireNonNull;

import dev.parley.image.eif.BootScript;
import dev.parley.image.eif.CommandLine;
import dev.parley.image.eif.Ramdisk;
import dev.parley.image.signing.LoadableImage;
import dev.parley.protocol.attestation.Measurement;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Malformed;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files of an image, written out from the bytes that were measured and read back once. From then on a file counts as
 * unchanged while its inode, size and change time stay: no one but root can set a change time back.
 *
 * @param root the folder that holds the files, readable by every user and writable by none
 */
public record UnpackedImage(
        Path root, BootScript bootScript, CommandLine commandLine, Registers registers, Map<Path, String> seals) {
    private static final FileTime NO_TIME = FileTime.fromMillis(0);

    /**
     * What the image determines of an enclave's registers.
     *
     * @param pcr8 of whoever signed it; zero where nobody did
     */
    public record Registers(Measurement measurement, Sha384Digest pcr8) {
        public Registers {
            requireNonNull(measurement);
            requireNonNull(pcr8);
        }
    }

    public UnpackedImage {
        requireNonNull(root);
        requireNonNull(bootScript);
        requireNonNull(commandLine);
        requireNonNull(registers);
        seals = Map.copyOf(seals);
    }

    /** Unpacks all ramdisks, one over the other, into {@code root}, which must not exist. */
    public static UnpackedImage unpack(LoadableImage loadable, Path root) throws IOException, Malformed {
        var image = loadable.image();
        var bootScript = BootScript.parse(image.kernel());
        var commandLine = CommandLine.parse(image.cmdline());
        Files.createDirectory(root);
        for (var archive : image.ramdisks()) {
            for (var file : Ramdisk.parse(archive).files().entrySet()) {
                write(root.resolve(file.getKey()), file.getValue());
            }
        }
        close(root);
        var registers = new Registers(loadable.measurement(), loadable.pcr8());
        return new UnpackedImage(root, bootScript, commandLine, registers, seals(root));
    }

    public Measurement measurement() {
        return registers.measurement();
    }

    /** Whether the files are still those that were measured. */
    public boolean unchanged() throws IOException {
        return seals(root).equals(seals);
    }

    private static void write(Path file, Ramdisk.Content content) throws IOException, Malformed {
        Files.createDirectories(requireNonNull(file.getParent()));
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new Malformed("image has the same file in two ramdisks");
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var data = content.data().asBuffer();
            while (data.hasRemaining()) {
                channel.write(data);
            }
        }
        // Mapped, not read: the largest files would not fit twice into a small heap.
        try (var arena = Arena.ofConfined();
                var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var written = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
            if (written.mismatch(MemorySegment.ofBuffer(content.data().asBuffer())) >= 0) {
                throw new IOException("the disk gave back other bytes than were written");
            }
        }
        Files.setLastModifiedTime(file, NO_TIME);
        permit(file, content.executable() ? "r-xr-xr-x" : "r--r--r--");
    }

    private static void close(Path root) throws IOException {
        try (var tree = Files.walk(root)) {
            for (var folder : tree.filter(Files::isDirectory).toList()) {
                permit(folder, "r-xr-xr-x");
            }
        }
    }

    private static void permit(Path path, String rights) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
    }

    private static Map<Path, String> seals(Path root) throws IOException {
        Map<Path, String> seals = new TreeMap<>();
        try (var tree = Files.walk(root)) {
            for (var path : (Iterable<Path>) tree::iterator) {
                var attributes = Files.readAttributes(path, "unix:ino,size,ctime,mode");
                seals.put(path, new TreeMap<>(attributes).toString());
            }
        }
        return seals;
    }
}
