package dev.parley.simulator.sandbox;

import dev.parley.image.eif.SandboxProfile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * One start of the image's program.
 *
 * @param door the folder that appears inside as {@code /run/enclave}
 * @param user the numeric user to become, where the platform runs as root
 * @param group the control group to join, where there is one; only root has any
 */
record Confinement(UnpackedImage image, Path door, OptionalInt user, Optional<ControlGroup> group) {
    /** The user and group that the program sees itself as. */
    static final int INNER_USER = 1000;

    private static final String ENTER = Script.read("enter.sh");

    /** Gives up root and sets the limits: the first words of every command. */
    List<String> entry() {
        List<String> command = new ArrayList<>();
        user.ifPresent(id -> command.addAll(becoming(id)));
        command.addAll(List.of("setpriv", "--pdeathsig=KILL"));
        var profile = image.commandLine().profile();
        command.addAll(List.of(
                "prlimit",
                "--core=0",
                "--cpu=" + profile.cpuSeconds(),
                "--memlock=" + (8L << 20),
                "--nofile=" + profile.files(),
                "--data=" + memory(profile)));
        // The kernel counts threads by user: alone, they are the enclave's; otherwise also everything else that runs.
        if (user.isPresent()) {
            command.add("--nproc=" + profile.threads());
        }
        return command;
    }

    private List<String> becoming(int id) {
        var groups = group.stream()
                .flatMap(joined -> joined.folders().stream())
                .map(Path::toString)
                .collect(Collectors.joining(" "));
        return List.of(
                "setpriv",
                "--pdeathsig=KILL",
                "/bin/sh",
                "-c",
                ENTER,
                "sh",
                "" + id,
                groups,
                "setpriv",
                "--reuid=" + id,
                "--regid=" + id,
                "--clear-groups",
                "--inh-caps=-all");
    }

    private static long memory(SandboxProfile profile) {
        return (long) profile.memoryMib() << 20;
    }

    /** The JVM as boot script and command line say. */
    List<String> program(List<String> mainAndArguments) {
        List<String> command = new ArrayList<>();
        command.add(image.bootScript().java());
        command.addAll(image.commandLine().jvmFlags());
        command.add("-cp");
        command.add(String.join(":", image.bootScript().classpath()));
        command.add(image.bootScript().launcher());
        command.addAll(mainAndArguments);
        return command;
    }
}
