package dev.parley.simulator.sandbox;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.image.eif.BootScript;
import dev.parley.image.eif.CommandLine;
import dev.parley.image.eif.SandboxProfile;
import dev.parley.simulator.probe.ProbeImage;
import dev.parley.simulator.sandbox.Isolation.Tool;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** A work folder with the probe's image, and programs of that image started in real sandboxes. */
final class TestSandbox implements AutoCloseable {
    /** Whom the programs of tests become where tests run as root. */
    static final int USER = Sandboxes.FIRST_USER + 1;

    private final Path work;
    private final UnpackedImage image;

    private TestSandbox(Path work, UnpackedImage image) {
        this.work = work;
        this.image = image;
    }

    static TestSandbox create() throws Exception {
        assumeTrue(System.getProperty("os.name", "").equals("Linux"), "enclaves are isolated on Linux only");
        assumeTrue(System.getProperty("os.arch", "").equals("amd64"), "the probes know system calls of x86-64 alone");
        var work = Files.createTempDirectory("parley-test-");
        Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwx--x--x"));
        return new TestSandbox(work, UnpackedImage.unpack(ProbeImage.image(), work.resolve("image")));
    }

    Path work() {
        return work;
    }

    /** The image with another program of it in the place of the probe. */
    UnpackedImage image(Class<?> main) {
        return image(main, image.commandLine());
    }

    /** With other limits, and a heap that leaves room in them. */
    UnpackedImage image(Class<?> main, SandboxProfile profile) {
        List<String> flags = new ArrayList<>(image.commandLine().jvmFlags());
        flags.removeIf(flag -> flag.startsWith("-Xm"));
        flags.add("-Xmx64m");
        return image(main, new CommandLine(profile, flags));
    }

    private UnpackedImage image(Class<?> main, CommandLine line) {
        var script = image.bootScript();
        return new UnpackedImage(
                image.root(),
                new BootScript(script.java(), script.launcher(), main.getName(), script.classpath()),
                line,
                image.registers(),
                image.seals());
    }

    Sandbox of(Tool tool, UnpackedImage of) throws IOException {
        try {
            return Sandboxes.of(tool, of, work);
        } catch (NoIsolation e) {
            assumeTrue(false, "not isolated here by " + tool + ": " + e.getMessage());
            throw new IllegalStateException(e);
        }
    }

    /** A program that has come to its door. */
    record Running(ConfinedProgram program, SocketChannel door) implements AutoCloseable {
        void tell(String line) throws IOException {
            door.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
        }

        /** The lines up to {@code done}, or up to its end. */
        List<String> lines() throws IOException {
            List<String> lines = new ArrayList<>();
            var reader = new BufferedReader(Channels.newReader(door, StandardCharsets.UTF_8));
            for (var line = reader.readLine(); line != null && !line.equals("done"); line = reader.readLine()) {
                lines.add(line);
            }
            return lines;
        }

        long pid() {
            return program.innermost().orElseThrow().pid();
        }

        @Override
        public void close() throws IOException {
            door.close();
            program.end();
        }
    }

    Running start(Sandbox sandbox) throws IOException {
        var door = Files.createTempDirectory(work, "door-");
        Files.setPosixFilePermissions(door, PosixFilePermissions.fromString("rwxr-xr-x"));
        var socket = door.resolve("host.sock");
        var console = door.resolveSibling("console");
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
            var user = sandbox.becomesOthers() ? OptionalInt.of(USER) : OptionalInt.empty();
            var program = sandbox.start(door, user, Redirect.to(console.toFile()));
            var _ = program.process().onExit().thenRun(() -> closeQuietly(server));
            try {
                return new Running(program, server.accept());
            } catch (IOException e) {
                throw new AssertionError(Files.readString(console), e);
            }
        }
    }

    private static void closeQuietly(ServerSocketChannel server) {
        try {
            server.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        WorkFolder.delete(work);
    }
}
