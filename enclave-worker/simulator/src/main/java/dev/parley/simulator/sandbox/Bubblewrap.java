package dev.parley.simulator.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The sandbox by bubblewrap, with the outer filter on descriptor 9. */
final class Bubblewrap {
    private static final List<String> DEVICES = List.of("/dev/null", "/dev/random", "/dev/urandom");

    private Bubblewrap() {}

    static List<String> command(Confinement confinement, Path filter, List<String> mainAndArguments)
            throws IOException {
        // A shell opens the filter: a Java process can hand no descriptor but the first three to its children.
        var command =
                new ArrayList<>(List.of("/bin/sh", "-c", "exec 9<\"$1\"; shift; exec \"$@\"", "sh", filter.toString()));
        command.addAll(confinement.entry());
        command.addAll(List.of("bwrap", "--unshare-user", "--unshare-ipc", "--unshare-pid", "--unshare-net"));
        command.addAll(List.of("--unshare-uts", "--unshare-cgroup-try", "--hostname", "enclave"));
        command.addAll(List.of("--die-with-parent", "--new-session", "--as-pid-1", "--cap-drop", "ALL", "--clearenv"));
        command.addAll(List.of("--uid", "" + Confinement.INNER_USER, "--gid", "" + Confinement.INNER_USER));
        try (var top = Files.list(confinement.image().root())) {
            for (var folder : top.sorted().toList()) {
                command.addAll(List.of("--ro-bind", folder.toString(), "/" + folder.getFileName()));
            }
        }
        command.addAll(List.of("--proc", "/proc"));
        DEVICES.forEach(device -> command.addAll(List.of("--dev-bind", device, device)));
        command.addAll(List.of("--ro-bind", confinement.door().toString(), "/run/enclave"));
        command.addAll(List.of("--remount-ro", "/", "--chdir", "/", "--seccomp", "9", "--"));
        command.addAll(confinement.program(mainAndArguments));
        return command;
    }
}
