package dev.parley.simulator.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The sandbox by util-linux alone. It begins without the outer filter: until the launcher's first lines, measured code
 * runs with all system calls, but already without rights, network and files.
 */
final class Unshare {
    private static final String SCRIPT = script();

    private Unshare() {}

    /**
     * @param mountPoint an empty folder
     */
    static List<String> command(Confinement confinement, Path mountPoint, List<String> mainAndArguments) {
        var command = new ArrayList<>(confinement.limits());
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

    private static String script() {
        try (var text = Unshare.class.getResourceAsStream("unshare.sh")) {
            if (text == null) {
                throw new IllegalStateException("the script is part of this jar");
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading the script", e);
        }
    }
}
