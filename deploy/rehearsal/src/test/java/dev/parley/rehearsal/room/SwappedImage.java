package dev.parley.rehearsal.room;

import dev.parley.image.BuildImage;
import dev.parley.image.ImageFiles;
import dev.parley.image.ImageRecipe;
import dev.parley.local.room.LocalRoom;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** The room's platform on another image than the one that the parties agreed on, until it is put back. */
final class SwappedImage implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;

    private final LocalRoom room;
    private final List<String> platform;
    private final Path kept;
    private Process process;

    private SwappedImage(LocalRoom room, List<String> platform, Path kept, Process process) {
        this.room = room;
        this.platform = platform;
        this.kept = kept;
        this.process = process;
    }

    /** Builds the enclave's image with one byte of one jar changed, and starts the room's platform on it. */
    static SwappedImage withOneByteChanged(LocalRoom room, Path scratch) throws Exception {
        var nitro = room.operator().nitro();
        var changed = scratch.resolve("changed.eif");
        build(room, scratch, changed);
        var line = commandLine(nitro.process().pid());
        nitro.process().kill();
        var kept = Files.copy(nitro.image(), scratch.resolve("kept.eif"));
        Files.copy(changed, nitro.image(), StandardCopyOption.REPLACE_EXISTING);
        return new SwappedImage(room, line, kept, start(room, line));
    }

    /** The platform on the right image again. */
    void putBack() throws Exception {
        stop();
        Files.copy(kept, room.operator().nitro().image(), StandardCopyOption.REPLACE_EXISTING);
        process = start(room, platform);
    }

    private static void build(LocalRoom room, Path scratch, Path image) throws Exception {
        var jars = room.site().checkout().classPath("enclave-worker/enclave").stream()
                .map(jar -> jar.getFileName().toString().startsWith("parley-protocol") ? changed(jar, scratch) : jar)
                .toList();
        BuildImage.ensure(
                ImageRecipe.here(ImageRecipe.ENCLAVE_MAIN, jars),
                new ImageFiles(image, scratch.resolve("changed.json")));
    }

    /** A copy in which one letter of a message that nobody ever sees is another. */
    private static Path changed(Path jar, Path scratch) {
        var copy = scratch.resolve(jar.getFileName());
        var changes = 0;
        try (var from = new ZipFile(jar.toFile());
                var to = new ZipOutputStream(Files.newOutputStream(copy))) {
            for (var entries = from.entries(); entries.hasMoreElements(); ) {
                var entry = entries.nextElement();
                var content = from.getInputStream(entry).readAllBytes();
                if (entry.getName().endsWith("/CborReading.class")) {
                    changes += change(content, "CBOR ends early");
                }
                to.putNextEntry(new ZipEntry(entry.getName()));
                to.write(content);
                to.closeEntry();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        if (changes != 1) {
            throw new IllegalStateException("expected to change one byte, not " + changes);
        }
        return copy;
    }

    private static int change(byte[] content, String constant) {
        var at = new String(content, StandardCharsets.ISO_8859_1).indexOf(constant);
        if (at < 0) {
            return 0;
        }
        content[at] ^= 1;
        return 1;
    }

    /** The whole of it, which {@link ProcessHandle.Info} does not give. */
    private static List<String> commandLine(long pid) throws IOException {
        return List.of(Files.readString(Path.of("/proc/" + pid + "/cmdline")).split("\0"));
    }

    private static Process start(LocalRoom room, List<String> line) throws Exception {
        var socket = room.operator().nitro().socket();
        Files.deleteIfExists(socket);
        var process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        for (var i = 0; i < PATIENCE_SECONDS * 20 && process.isAlive(); i++) {
            if (Files.exists(socket)) {
                return process;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        process.destroyForcibly();
        throw new IllegalStateException("the platform does not start on this image");
    }

    private void stop() {
        process.destroy();
        // It ends its enclaves and goes; whoever does not is killed.
        process.onExit().completeOnTimeout(process, 20, TimeUnit.SECONDS).join();
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        stop();
    }
}
