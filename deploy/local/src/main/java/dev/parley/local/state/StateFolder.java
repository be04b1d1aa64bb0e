package dev.parley.local.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;

/** A folder of the room's state. Folders are made with mode 0700, files of secrets with 0600. */
public record StateFolder(Path path) {
    public StateFolder {
        path = path.toAbsolutePath().normalize();
    }

    public static StateFolder open(Path path) throws IOException {
        var folder = new StateFolder(path);
        Files.createDirectories(
                folder.path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return folder;
    }

    public StateFolder folder(String name) throws IOException {
        return open(path.resolve(name));
    }

    public Path file(String name) {
        return path.resolve(name);
    }

    /** The secret of that name, made at its first use. */
    public Secret secret(String name, SecureRandom random) throws IOException {
        var file = path.resolve(name);
        if (Files.exists(file)) {
            return Secret.of(Files.readString(file));
        }
        var secret = Secret.random(random);
        writePrivate(name, secret.reveal());
        return secret;
    }

    /** Writes a file that its owner alone may read, from the first byte on; an older one is replaced. */
    public Path writePrivate(String name, String text) throws IOException {
        var file = path.resolve(name);
        Files.deleteIfExists(file);
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var how = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = Files.newByteChannel(file, how, mode)) {
            channel.write(StandardCharsets.UTF_8.encode(text));
        } catch (FileAlreadyExistsException raced) {
            throw new IOException("two processes write " + file, raced);
        }
        return file;
    }

    /** Removes a folder or file of this state with all below it. */
    public void remove(String name) throws IOException {
        var root = path.resolve(name);
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> all = Files.walk(root)) {
            for (var each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
