package dev.parley.rehearsal.room;

import dev.parley.image.eif.EnclaveImage;
import dev.parley.image.eif.Section;
import dev.parley.image.eif.SectionType;
import dev.parley.local.room.LocalRoom;
import dev.parley.protocol.encoding.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The room's platform on another image than the one that the parties agreed on, until it is put back. */
final class SwappedImage implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;

    /** Of an exception that nobody sees, in the reader of CBOR. */
    private static final String MESSAGE = "CBOR ends early";

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

    /** Starts the room's platform on the room's image with one byte of one jar changed, where it changes no behaviour. */
    static SwappedImage withOneByteChanged(LocalRoom room, Path scratch) throws Exception {
        var nitro = room.operator().nitro();
        var line = commandLine(nitro.process().pid());
        nitro.process().kill();
        var kept = Files.copy(nitro.image(), scratch.resolve("kept.eif"));
        changed(EnclaveImage.read(kept)).write(nitro.image());
        return new SwappedImage(room, line, kept, start(room, line));
    }

    /** The platform on the right image again. */
    void putBack() throws Exception {
        stop();
        Files.copy(kept, room.operator().nitro().image(), StandardCopyOption.REPLACE_EXISTING);
        process = start(room, platform);
    }

    /** Jars lie in the last ramdisk as they are, so that a letter of a message can be exchanged there. */
    private static EnclaveImage changed(EnclaveImage image) {
        var sections = new ArrayList<>(image.sections());
        var last = sections.lastIndexOf(
                new Section(SectionType.RAMDISK, image.ramdisks().getLast()));
        var program = sections.get(last).data().toArray();
        var at = new String(program, StandardCharsets.ISO_8859_1).indexOf(MESSAGE);
        if (at < 0) {
            throw new IllegalStateException("the message stands nowhere in the program");
        }
        program[at] ^= 1;
        sections.set(last, new Section(SectionType.RAMDISK, Bytes.takeOwnershipOf(program)));
        return new EnclaveImage(image.architecture(), sections);
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
