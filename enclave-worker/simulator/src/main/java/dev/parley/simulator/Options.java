package dev.parley.simulator;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How the platform was started.
 *
 * @param state the installation's folder: its root and its name
 * @param image the image that enclaves are launched from
 * @param socket where hosts connect
 * @param work a folder that is made anew at every start; every user must be able to reach it and to run files from it
 */
record Options(Path state, Path image, Path socket, Path work) {
    static final String USAGE = "usage: --state DIR --image FILE --socket PATH [--work DIR]";
    private static final Set<String> NAMES = Set.of("--state", "--image", "--socket", "--work");

    Options {
        requireNonNull(state);
        requireNonNull(image);
        requireNonNull(socket);
        requireNonNull(work);
    }

    static Options parse(List<String> arguments) throws Failure {
        Map<String, Path> given = new HashMap<>();
        for (int i = 0; i + 1 < arguments.size(); i += 2) {
            if (!NAMES.contains(arguments.get(i))
                    || given.put(
                                    arguments.get(i),
                                    Path.of(arguments.get(i + 1))
                                            .toAbsolutePath()
                                            .normalize())
                            != null) {
                throw new Failure(Failure.USAGE, USAGE);
            }
        }
        var state = given.get("--state");
        var image = given.get("--image");
        var socket = given.get("--socket");
        if (arguments.size() % 2 != 0 || state == null || image == null || socket == null) {
            throw new Failure(Failure.USAGE, USAGE);
        }
        return new Options(state, image, socket, given.getOrDefault("--work", defaultWork(state)));
    }

    /** Short, since a socket's path may have 107 bytes, and one for each installation. */
    private static Path defaultWork(Path state) {
        var mark = Integer.toHexString(state.toString().hashCode());
        return Path.of(System.getProperty("java.io.tmpdir", "/tmp"), "parley-sim-" + mark);
    }
}
