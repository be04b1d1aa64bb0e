package dev.parley.simulator;

import static java.util.Objects.requireNonNull;

import dev.parley.simulator.securitymodule.EvidenceForm;
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
 * @param form how evidence is written: with {@code --definite-maps} as modules wrote it before the summer of 2025
 */
record Options(Path state, Path image, Path socket, Path work, EvidenceForm form) {
    static final String USAGE = "usage: --state DIR --image FILE --socket PATH [--work DIR] [--definite-maps]";
    private static final String DEFINITE_MAPS = "--definite-maps";
    private static final Set<String> NAMES = Set.of("--state", "--image", "--socket", "--work");

    Options {
        requireNonNull(state);
        requireNonNull(image);
        requireNonNull(socket);
        requireNonNull(work);
        requireNonNull(form);
    }

    static Options parse(List<String> arguments) throws Failure {
        var form = EvidenceForm.INDEFINITE_MAP;
        Map<String, Path> given = new HashMap<>();
        for (var left = arguments.iterator(); left.hasNext(); ) {
            var name = left.next();
            if (name.equals(DEFINITE_MAPS)) {
                form = EvidenceForm.DEFINITE_MAP;
            } else if (!NAMES.contains(name) || !left.hasNext() || given.put(name, path(left.next())) != null) {
                throw new Failure(Failure.USAGE, USAGE);
            }
        }
        var state = given.get("--state");
        var image = given.get("--image");
        var socket = given.get("--socket");
        if (state == null || image == null || socket == null) {
            throw new Failure(Failure.USAGE, USAGE);
        }
        return new Options(state, image, socket, given.getOrDefault("--work", defaultWork(state)), form);
    }

    private static Path path(String text) {
        return Path.of(text).toAbsolutePath().normalize();
    }

    /** Short, since a socket's path may have 107 bytes, and one for each installation. */
    private static Path defaultWork(Path state) {
        var mark = Integer.toHexString(state.toString().hashCode());
        return Path.of(System.getProperty("java.io.tmpdir", "/tmp"), "parley-sim-" + mark);
    }
}
