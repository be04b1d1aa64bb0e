package dev.parley.simulator.sandbox;

import dev.parley.image.launcher.SyscallFilter;
import dev.parley.image.launcher.Trial;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Starts the program of one image, as often as asked, with the isolation that was found to work. Thread-safe. */
public final class Sandbox {
    private static final String SEARCHED = "/usr/sbin:/usr/bin:/sbin:/bin";
    private static final Redirect NOTHING = Redirect.from(Path.of("/dev/null").toFile());

    private final UnpackedImage image;
    private final Means means;
    private final Isolation isolation;
    private final Path filter;
    private final Path mountPoint;
    private final Spawner spawner = new Spawner();

    /**
     * @param work a folder that every user may pass through; must exist for as long as the sandbox
     */
    private Sandbox(UnpackedImage image, Means means, Isolation isolation, Path work) {
        this.image = image;
        this.means = means;
        this.isolation = isolation;
        this.filter = work.resolve("filter.bpf");
        this.mountPoint = work.resolve("root");
    }

    /** A sandbox of which nothing is known yet but how it is made. */
    static Sandbox untried(UnpackedImage image, Means means, Path work) throws IOException {
        var isolation = new Isolation(means.tool(), java.util.EnumSet.allOf(Layer.class));
        var sandbox = new Sandbox(image, means, isolation, work);
        Files.write(sandbox.filter, SyscallFilter.outer(System.getProperty("os.arch", "")));
        Files.createDirectories(sandbox.mountPoint);
        return sandbox;
    }

    /** The same once it is known which layers are in force. */
    Sandbox tried(Isolation found, Path work) {
        return new Sandbox(image, means, found, work);
    }

    public Isolation isolation() {
        return isolation;
    }

    public UnpackedImage image() {
        return image;
    }

    /** Whether {@link #start} takes a user to become. */
    public boolean becomesOthers() {
        return means.dedicatedUser();
    }

    /**
     * Starts the program with {@code door} as its {@code /run/enclave}.
     *
     * @param user whom to become; given exactly where {@link #becomesOthers()}
     * @param console where output goes: discarded, but for debug enclaves, since it may name data
     */
    public ConfinedProgram start(Path door, OptionalInt user, Redirect console) throws IOException {
        if (!image.unchanged()) {
            throw new IOException("the unpacked image was changed");
        }
        var main = List.of(image.bootScript().main());
        return start(confinement(door, user), main, new Streams(NOTHING, console));
    }

    /** Starts {@link Trial} in the program's place, with its input and output here. */
    ConfinedProgram startTrial(Path door, OptionalInt user) throws IOException {
        var streams = new Streams(Redirect.PIPE, Redirect.PIPE);
        return start(confinement(door, user), List.of(Trial.class.getName()), streams);
    }

    private record Streams(Redirect input, Redirect output) {}

    private Confinement confinement(Path door, OptionalInt user) throws IOException {
        if (user.isPresent() != means.dedicatedUser()) {
            throw new IllegalArgumentException("a user is given exactly where the platform runs as root");
        }
        Optional<ControlGroup> group = Optional.empty();
        if (means.groups().isPresent()) {
            var profile = image.commandLine().profile();
            group = Optional.of(means.groups().get().create(String.valueOf(door.getFileName()), profile));
        }
        return new Confinement(image, door, user, group);
    }

    private ConfinedProgram start(Confinement confinement, List<String> mainAndArguments, Streams streams)
            throws IOException {
        var command = switch (means.tool()) {
            case BUBBLEWRAP -> Bubblewrap.command(confinement, filter, mainAndArguments);
            case UNSHARE -> Unshare.command(confinement, mountPoint, mainAndArguments);
        };
        var builder = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectInput(streams.input())
                .redirectErrorStream(true)
                .redirectOutput(streams.output());
        builder.environment().clear();
        builder.environment().put("PATH", SEARCHED);
        try {
            return new ConfinedProgram(spawner.start(builder), confinement.group());
        } catch (IOException e) {
            if (confinement.group().isPresent()) {
                confinement.group().get().close();
            }
            throw e;
        }
    }
}
