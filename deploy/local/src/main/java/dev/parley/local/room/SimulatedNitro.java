package dev.parley.local.room;

import dev.parley.local.process.Child;
import dev.parley.local.process.Children;
import dev.parley.local.process.JavaCommand;
import dev.parley.local.process.Launch;
import dev.parley.local.process.Readiness;
import dev.parley.local.process.StartFailed;
import dev.parley.local.process.Tool;
import dev.parley.local.state.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The platform that the operator rents: here the simulated one, with the measured image of the enclave. */
public final class SimulatedNitro {
    private static final String SAID = "simulator: ";
    private static final String SIMULATOR = "enclave-worker/simulator";
    private static final String ENCLAVE = "enclave-worker/enclave";
    /** What containers and plain machines lack, even for root. */
    private static final String ACCEPTED = "no-outer-filter,no-control-group,no-secret-memory";
    /** What a user lacks who cannot become others. */
    private static final String ACCEPTED_OF_A_USER = ACCEPTED + ",no-dedicated-user";

    private final StateFolder operator;
    private final StateFolder folder;
    private final Path socket;
    private final Child process;

    private SimulatedNitro(StateFolder operator, StateFolder folder, Path socket, Child process) {
        this.operator = operator;
        this.folder = folder;
        this.socket = socket;
        this.process = process;
    }

    /** Builds the image unless the one that is there was built from the same inputs. */
    static void buildImage(Site site, StateFolder operator, Children children)
            throws IOException, InterruptedException {
        var folder = operator.folder("nitro");
        var arguments = new ArrayList<String>();
        arguments.add(folder.file("enclave.eif").toString());
        arguments.add(folder.file("measurements.json").toString());
        arguments.add("--dependencies");
        arguments.add(
                site.checkout().built(ENCLAVE + "/target/dependencies.txt").toString());
        site.checkout().classPath(ENCLAVE).forEach(jar -> arguments.add(jar.toString()));
        var line = JavaCommand.main(
                site.checkout().classPath("enclave-worker/image"),
                "dev.parley.image.BuildImage",
                arguments.toArray(String[]::new));
        var ended = Tool.run(Launch.of("image", line, log(operator, "image")), children);
        if (ended.exitCode() != 0) {
            throw new IOException("the enclave image could not be built: "
                    + ended.complaints().strip());
        }
    }

    /** Starts the platform on the image that was built. */
    static SimulatedNitro start(Site site, StateFolder operator, Children children)
            throws IOException, StartFailed, InterruptedException {
        var folder = operator.folder("nitro");
        // A socket's path may have 107 bytes, which a state folder deep in a home easily exceeds.
        var doors = Files.createTempDirectory("parley");
        var socket = doors.resolve("nitro.sock");
        // Deleted in the reverse order of being named.
        doors.toFile().deleteOnExit();
        socket.toFile().deleteOnExit();
        var line = JavaCommand.main(
                site.checkout().classPath(SIMULATOR),
                "dev.parley.simulator.Main",
                "--state",
                folder.folder("platform").path().toString(),
                "--image",
                folder.file("enclave.eif").toString(),
                "--socket",
                socket.toString(),
                // For a room to try out; the level is said at its start and stands in every receipt.
                "--accept-weaker",
                isRoot() ? ACCEPTED : ACCEPTED_OF_A_USER);
        var launch = Launch.of("simulator", line, log(operator, "simulator"));
        return new SimulatedNitro(operator, folder, socket, children.start(launch, Readiness.file(socket)));
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** Where the host connects. */
    public Path socket() {
        return socket;
    }

    public Path image() {
        return folder.file("enclave.eif");
    }

    /** What the image measures, as its builder wrote it. */
    public Path measurements() {
        return folder.file("measurements.json");
    }

    /** The certificate of this installation's root, in DER form. */
    public Path root() {
        return folder.file("platform").resolve("root.der");
    }

    public Child process() {
        return process;
    }

    /** What the platform said of itself at this start: that it is simulated, and how well it isolates. */
    public List<String> announcement() throws IOException {
        var lines = new ArrayList<String>();
        for (var line : Files.readAllLines(log(operator, "simulator"))) {
            if (line.startsWith(SAID + "SIMULATED")) {
                lines.clear();
            }
            if (line.startsWith(SAID)) {
                lines.add(line.substring(SAID.length()));
            }
        }
        return lines;
    }

    private static Path log(StateFolder operator, String name) throws IOException {
        return operator.folder("logs").file(name + ".log");
    }
}
