package dev.parley.simulator.sandbox;

import dev.parley.image.eif.SandboxProfile;
import dev.parley.image.launcher.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a {@link Trial} said of itself and what was seen of it from outside, judged by {@code docs/spec/isolation.md} §1.
 * What was not said is not in force.
 *
 * @param said the lines of the trial
 * @param user the user of its process as this machine counts, negative where it was not seen
 * @param grouped whether its process was in the control group
 */
record Findings(Map<String, String> said, long user, boolean grouped) {
    private static final String REFUSED = "refused";
    private static final String SHOWN = "shown /";
    /** What every root shows beside the folders of the image. */
    private static final Set<String> ADDED = Set.of("", "dev", "proc", "run");

    private static final List<String> FLAGS = List.of("-XX:+DisableAttachMechanism", "-XX:-UsePerfData");

    Findings {
        said = Map.copyOf(said);
    }

    /** The layers that these findings do not show to be in force. */
    Set<Layer> missing(UnpackedImage image, long expectedUser) throws IOException {
        var missing = EnumSet.noneOf(Layer.class);
        for (var layer : Layer.values()) {
            if (!inForce(layer, image, expectedUser)) {
                missing.add(layer);
            }
        }
        return missing;
    }

    private boolean inForce(Layer layer, UnpackedImage image, long expectedUser) throws IOException {
        return switch (layer) {
            case NAMESPACES -> namespaces();
            case OUTER_FILTER -> number("Seccomp_filters") >= 2;
            case INNER_FILTER -> is("Seccomp", "2") && is("network", REFUSED) && is("process control", REFUSED);
            case DROPPED_PRIVILEGES ->
                is("NoNewPrivs", "1")
                        && Stream.of("CapInh", "CapPrm", "CapEff", "CapAmb")
                                .allMatch(set -> is(set, "0000000000000000"));
            case READ_ONLY_ROOT -> readOnly(image.root());
            case UNDUMPABLE -> said.containsKey("owner") && !is("owner", "" + Confinement.INNER_USER);
            case CORE_DUMPS_OFF -> limit("Max core file size", 0);
            case ATTACH_OFF -> image.commandLine().jvmFlags().containsAll(FLAGS);
            case LIMITS -> limits(image.commandLine().profile());
            case DEDICATED_USER -> expectedUser > 0 && user == expectedUser;
            case CONTROL_GROUP -> grouped;
            case SECRET_MEMORY -> is("secret memory", "given");
        };
    }

    private boolean namespaces() throws IOException {
        for (var kind : List.of("user", "pid", "net", "mnt", "ipc", "uts")) {
            var inside = said.getOrDefault("namespace " + kind, "");
            var own = Files.readSymbolicLink(Path.of("/proc/self/ns/" + kind)).toString();
            if (!inside.startsWith(kind + ":") || inside.equals(own)) {
                return false;
            }
        }
        return true;
    }

    private boolean readOnly(Path root) {
        return is(SHOWN, "read-only")
                && said.keySet().stream()
                        .filter(name -> name.startsWith(SHOWN))
                        .allMatch(name -> is(name, "read-only") && belongs(name.substring(SHOWN.length()), root));
    }

    private static boolean belongs(String folder, Path root) {
        return ADDED.contains(folder) || Files.isDirectory(root.resolve(folder));
    }

    private boolean limits(SandboxProfile profile) {
        return limit("Max cpu time", profile.cpuSeconds())
                && limit("Max data size", (long) profile.memoryMib() << 20)
                && limit("Max open files", profile.files());
    }

    /** Both the soft limit and the hard one. */
    private boolean limit(String name, long value) {
        var columns = said.getOrDefault(name, "").split(" +", 3);
        return columns.length >= 2 && columns[0].equals("" + value) && columns[1].equals("" + value);
    }

    private boolean is(String name, String value) {
        return value.equals(said.get(name));
    }

    private long number(String name) {
        var text = said.getOrDefault(name, "");
        return text.matches("[0-9]{1,9}") ? Long.parseLong(text) : 0;
    }
}
