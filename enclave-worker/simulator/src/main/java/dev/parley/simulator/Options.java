package dev.parley.simulator;

import static java.util.Objects.requireNonNull;

import dev.parley.simulator.sandbox.Layer;
import dev.parley.simulator.securitymodule.EvidenceForm;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How the platform was started.
 *
 * @param state the installation's folder: its root and its name
 * @param image the image that enclaves are launched from
 * @param socket where hosts connect
 * @param work a folder that is made anew at every start; every user must be able to reach it and to run files from it
 * @param form how evidence is written: with {@code --definite-maps} as modules wrote it before the summer of 2025
 * @param accepted layers of isolation that may be missing here, as {@code --accept-weaker} names them
 */
record Options(Path state, Path image, Path socket, Path work, EvidenceForm form, Set<Layer> accepted) {
    static final String USAGE = "usage: --state DIR --image FILE --socket PATH [--work DIR] [--definite-maps]"
            + " [--accept-weaker no-LAYER,no-LAYER]";
    private static final String ACCEPT = "--accept-weaker";
    private static final String DEFINITE_MAPS = "--definite-maps";
    private static final Set<String> NAMES = Set.of("--state", "--image", "--socket", "--work", ACCEPT);

    Options {
        requireNonNull(state);
        requireNonNull(image);
        requireNonNull(socket);
        requireNonNull(work);
        requireNonNull(form);
        accepted = Set.copyOf(accepted);
    }

    static Options parse(List<String> arguments) throws Failure {
        var form = EvidenceForm.INDEFINITE_MAP;
        Map<String, String> given = new HashMap<>();
        for (var left = arguments.iterator(); left.hasNext(); ) {
            var name = left.next();
            if (name.equals(DEFINITE_MAPS)) {
                form = EvidenceForm.DEFINITE_MAP;
            } else if (!NAMES.contains(name) || !left.hasNext() || given.put(name, left.next()) != null) {
                throw new Failure(Failure.USAGE, USAGE);
            }
        }
        var state = path(given, "--state");
        return new Options(
                state,
                path(given, "--image"),
                path(given, "--socket"),
                given.containsKey("--work") ? path(given, "--work") : defaultWork(state),
                form,
                accepted(given.getOrDefault(ACCEPT, "")));
    }

    private static Path path(Map<String, String> given, String name) throws Failure {
        var text = given.get(name);
        if (text == null) {
            throw new Failure(Failure.USAGE, USAGE);
        }
        return Path.of(text).toAbsolutePath().normalize();
    }

    /** Exact names alone: whoever mistypes one must not believe that it was accepted. */
    private static Set<Layer> accepted(String levels) throws Failure {
        var accepted = EnumSet.noneOf(Layer.class);
        for (var level : levels.isEmpty() ? new String[0] : levels.split(",", -1)) {
            accepted.add(Layer.acceptedBy(level).orElseThrow(() -> unknown(level)));
        }
        return accepted;
    }

    private static Failure unknown(String level) {
        var known = Arrays.stream(Layer.values())
                .filter(Layer::mayBeMissing)
                .map(Layer::missing)
                .collect(Collectors.joining(", "));
        return new Failure(Failure.USAGE, ACCEPT + " does not know '" + level + "'; it knows " + known);
    }

    /** Short, since a socket's path may have 107 bytes, and one for each installation. */
    private static Path defaultWork(Path state) {
        var mark = Integer.toHexString(state.toString().hashCode());
        return Path.of(System.getProperty("java.io.tmpdir", "/tmp"), "parley-sim-" + mark);
    }
}
