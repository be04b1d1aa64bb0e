package dev.parley.simulator.sandbox;

import dev.parley.image.launcher.SyscallFilter;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/** Starts the program of one image, as often as asked, with the isolation that was found to work. Thread-safe. */
public final class Sandbox {
    private static final String SEARCHED = "/usr/sbin:/usr/bin:/sbin:/bin";

    private final UnpackedImage image;
    private final Isolation isolation;
    private final Path filter;
    private final Path mountPoint;
    private final Spawner spawner = new Spawner();

    /**
     * @param work a folder that every user may pass through; must exist for as long as the sandbox
     */
    Sandbox(UnpackedImage image, Isolation isolation, Path work) throws IOException {
        this.image = image;
        this.isolation = isolation;
        this.filter = work.resolve("filter.bpf");
        this.mountPoint = work.resolve("root");
        Files.write(filter, SyscallFilter.outer(System.getProperty("os.arch", "")));
        Files.createDirectories(mountPoint);
    }

    public Isolation isolation() {
        return isolation;
    }

    public UnpackedImage image() {
        return image;
    }

    /**
     * Starts the program with {@code door} as its {@code /run/enclave}.
     *
     * @param user whom to become; given exactly where {@link Layer#DEDICATED_USER} is in force
     * @param console where output goes: discarded, but for debug enclaves, since it may name data
     */
    public Process start(Path door, OptionalInt user, Redirect console) throws IOException {
        if (!image.unchanged()) {
            throw new IOException("the unpacked image was changed");
        }
        return start(door, user, console, List.of(image.bootScript().main()));
    }

    /** Starts the launcher alone, which closes the process and ends well. */
    Process startTrial(Path door, OptionalInt user, Redirect console) throws IOException {
        return start(door, user, console, List.of());
    }

    private Process start(Path door, OptionalInt user, Redirect console, List<String> mainAndArguments)
            throws IOException {
        if (user.isPresent() != isolation.inForce(Layer.DEDICATED_USER)) {
            throw new IllegalArgumentException("a user is given exactly where the platform runs as root");
        }
        var confinement = new Confinement(image, door, user);
        var command = switch (isolation.tool()) {
            case BUBBLEWRAP -> Bubblewrap.command(confinement, filter, mainAndArguments);
            case UNSHARE -> Unshare.command(confinement, mountPoint, mainAndArguments);
        };
        var builder = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(console)
                .redirectError(console);
        builder.environment().clear();
        builder.environment().put("PATH", SEARCHED);
        return spawner.start(builder);
    }
}
