package dev.parley.simulator.sandbox;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The sandbox by util-linux alone. It begins without the outer filter: until the launcher's first lines, measured code
 * runs with all system calls, but already without rights, network and files.
 */
final class Unshare {
    private static final String SCRIPT = Script.read("unshare.sh");

    private Unshare() {}

    /**
     * @param mountPoint an empty folder
     */
    static List<String> command(Confinement confinement, Path mountPoint, List<String> mainAndArguments) {
        var command = new ArrayList<>(confinement.entry());
        command.addAll(List.of("unshare", "--user", "--map-root-user", "--mount", "--net", "--ipc", "--uts"));
        command.addAll(
                List.of("--cgroup", "--pid", "--fork", "--kill-child=KILL", "--", "/bin/sh", "-c", SCRIPT, "sh"));
        command.add(mountPoint.toString());
        command.add(confinement.image().root().toString());
        command.add(confinement.door().toString());
        command.add("" + Confinement.INNER_USER);
        command.addAll(confinement.program(mainAndArguments));
        return command;
    }
}
