package dev.parley.server.objects;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;

/** The object store: {@code uploads/<uuid>} while bytes arrive, {@code whole/<uuid>} once they are all there. */
@Singleton
public final class Objects {
    private final Path uploads;
    private final Path whole;

    Objects(ObjectsConfig config) {
        var folder = config.folder().toAbsolutePath();
        this.uploads = folder.resolve("uploads");
        this.whole = folder.resolve("whole");
        try {
            Files.createDirectories(uploads);
            Files.createDirectories(whole);
        } catch (IOException e) {
            throw new UncheckedIOException("no folder for objects", e);
        }
    }

    /** Makes an empty upload. */
    public void begin(UUID upload) throws IOException {
        Files.createFile(part(upload));
        sync(uploads);
    }

    /** How many bytes of an upload are there; empty if there is no such upload. */
    public Optional<Long> arrived(UUID upload) throws IOException {
        return Files.exists(part(upload)) ? Optional.of(Files.size(part(upload))) : Optional.empty();
    }

    /** For the one writer of an upload, who locks it. */
    public FileChannel openPart(UUID upload) throws IOException {
        return FileChannel.open(part(upload), StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Makes a whole, durable upload an object of the same name. */
    public void finish(UUID upload) throws IOException {
        Files.move(part(upload), object(upload), StandardCopyOption.ATOMIC_MOVE);
        sync(whole);
        sync(uploads);
    }

    public void discard(UUID upload) throws IOException {
        Files.deleteIfExists(part(upload));
    }

    /** Removes an object that nothing refers to. */
    public void remove(UUID object) throws IOException {
        Files.deleteIfExists(object(object));
    }

    public boolean isWhole(UUID object) {
        return Files.exists(object(object));
    }

    /** The file of an object, to be sent by the kernel rather than through the heap. */
    public Path file(UUID object) {
        return object(object);
    }

    /** Whether bytes can be stored now. */
    public boolean isWritable() {
        return Files.isWritable(uploads) && Files.isWritable(whole);
    }

    private Path part(UUID upload) {
        return uploads.resolve(upload.toString());
    }

    private Path object(UUID name) {
        return whole.resolve(name.toString());
    }

    /** A rename is durable once its folder is. */
    private static void sync(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
