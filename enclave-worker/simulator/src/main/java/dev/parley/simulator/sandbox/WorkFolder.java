package dev.parley.simulator.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The folder of a running platform: unpacked image, doors, filter. Every user may pass through it, since enclaves run as
 * others; none but its owner may list or change it. It is made anew at every start.
 */
public final class WorkFolder {
    private WorkFolder() {}

    /** Makes {@code folder} new and empty. What an earlier start left there goes; what another user made is refused. */
    public static void renew(Path folder) throws IOException {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            var owner = Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS);
            if (Files.isSymbolicLink(folder) || !owner.getName().equals(System.getProperty("user.name"))) {
                throw new IOException("another user has made " + folder);
            }
            delete(folder);
        }
        Files.createDirectory(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    }

    /** Deletes a tree whose folders may be read-only. */
    public static void delete(Path folder) throws IOException {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            try (var entries = Files.list(folder)) {
                for (var entry : entries.toList()) {
                    delete(entry);
                }
            }
        }
        Files.deleteIfExists(folder);
    }
}
