package dev.parley.cli.console;

import dev.parley.protocol.encoding.Bytes;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Files of this program: written whole or not at all; private ones readable by their owner alone. */
public final class OwnFiles {
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final Set<PosixFilePermission> OPEN = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private OwnFiles() {}

    public static Bytes read(Path file, int limit) throws Failure {
        try (var input = Files.newInputStream(file)) {
            var bytes = input.readNBytes(limit + 1);
            if (bytes.length > limit) {
                throw Failure.of(CliCode.INPUT_UNREADABLE, file + " has more than " + limit + " bytes");
            }
            return Bytes.takeOwnershipOf(bytes);
        } catch (IOException e) {
            throw Failure.of(CliCode.INPUT_UNREADABLE, file + " cannot be read");
        }
    }

    /** Replaces what is there. */
    public static void write(Path file, Bytes content) throws Failure {
        write(file, content, false);
    }

    /** Replaces what is there; only its owner can read the file. */
    public static void writePrivate(Path file, Bytes content) throws Failure {
        write(file, content, true);
    }

    private static void write(Path file, Bytes content, boolean secret) throws Failure {
        try {
            var folder = file.toAbsolutePath().normalize().getParent();
            if (folder == null) {
                throw Failure.of(CliCode.OUTPUT_UNWRITABLE, file + " is no file");
            }
            Files.createDirectories(folder);
            var draft = Files.createTempFile(folder, ".parley-", ".tmp", PRIVATE_FILE);
            try {
                Files.write(draft, content.toArray());
                if (!secret) {
                    Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-r--r--"));
                }
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException | UnsupportedOperationException e) {
            throw Failure.of(CliCode.OUTPUT_UNWRITABLE, file + " cannot be written");
        }
    }

    /** Makes a folder that only its owner can enter, unless there is one. */
    public static Path privateFolder(Path folder) throws Failure {
        try {
            return Files.isDirectory(folder) ? folder : Files.createDirectories(folder, PRIVATE_FOLDER);
        } catch (FileAlreadyExistsException e) {
            throw Failure.of(CliCode.OUTPUT_UNWRITABLE, folder + " is no folder");
        } catch (IOException | UnsupportedOperationException e) {
            throw Failure.of(CliCode.OUTPUT_UNWRITABLE, folder + " cannot be made");
        }
    }

    /** Whether others than the owner may read or write. */
    public static boolean isOpenToOthers(Path file) throws Failure {
        try {
            var permissions = Files.getPosixFilePermissions(file);
            return permissions.stream().anyMatch(OPEN::contains);
        } catch (IOException | UnsupportedOperationException e) {
            throw Failure.of(CliCode.INPUT_UNREADABLE, file + " cannot be examined");
        }
    }
}
