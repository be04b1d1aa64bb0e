package dev.parley.simulator.hypervisor;

import dev.parley.simulator.sandbox.WorkFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.OptionalInt;

/**
 * The folder that an enclave sees as {@code /run/enclave}, with its two sockets. Each belongs to the enclave's user, so
 * that no one else but root can connect to them.
 */
record Door(Path folder, OptionalInt user) {
    static Door create(Path doors, String enclaveId, OptionalInt user) throws IOException {
        var folder = doors.resolve(enclaveId);
        Files.createDirectory(folder);
        Files.setPosixFilePermissions(
                folder, PosixFilePermissions.fromString(user.isPresent() ? "rwx--x--x" : "rwx------"));
        return new Door(folder, user);
    }

    Path host() {
        return folder.resolve("host.sock");
    }

    Path securityModule() {
        return folder.resolve("nsm.sock");
    }

    boolean hostListens() throws IOException {
        return Files.exists(host(), LinkOption.NOFOLLOW_LINKS)
                && Files.readAttributes(host(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                        .isOther();
    }

    /** Hands a socket over to the enclave's user. */
    void giveToEnclave(Path socket) throws IOException {
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
        if (user.isPresent()) {
            Files.setAttribute(socket, "unix:uid", user.getAsInt(), LinkOption.NOFOLLOW_LINKS);
        }
    }

    void delete() throws IOException {
        WorkFolder.delete(folder);
    }
}
