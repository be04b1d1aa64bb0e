package dev.parley.simulator.sandbox;

import dev.parley.simulator.sandbox.Isolation.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds out by trying which isolation works on this machine. */
public final class Sandboxes {
    /** The users of enclaves, one each, come from a range that neither distributions nor container tools give out. */
    public static final int FIRST_USER = 1_900_000_000;

    private Sandboxes() {}

    /**
     * The first sandbox here that lacks no layer but accepted ones.
     *
     * @throws NoIsolation if there is none; the message names what is missing and the option that accepts it
     */
    public static Sandbox best(UnpackedImage image, Path work, Set<Layer> accepted) throws IOException, NoIsolation {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            throw new NoIsolation("enclaves need Linux namespaces: run the platform on Linux or in a Linux machine");
        }
        List<String> reasons = new ArrayList<>();
        for (var tool : Tool.values()) {
            try {
                var sandbox = of(tool, image, work);
                if (accepted.containsAll(sandbox.isolation().missing())) {
                    return sandbox;
                }
                reasons.add(refusal(sandbox.isolation()));
            } catch (NoIsolation e) {
                reasons.add(tool + ": " + e.getMessage());
            }
        }
        throw new NoIsolation("no isolation that was asked for works here (" + String.join("; ", reasons) + ")");
    }

    private static String refusal(Isolation isolation) {
        var missing = isolation.missing();
        var never = missing.stream().filter(layer -> !layer.mayBeMissing()).toList();
        if (!never.isEmpty()) {
            return isolation.tool() + " lacks " + names(never) + ", without which nothing is started";
        }
        var levels = missing.stream().map(Layer::missing).collect(Collectors.joining(","));
        return isolation.tool() + " lacks " + names(missing) + "; to start nevertheless: --accept-weaker " + levels;
    }

    private static String names(Collection<Layer> layers) {
        return layers.stream().map(Layer::wireName).collect(Collectors.joining(", "));
    }

    /** A sandbox by exactly this tool, with the layers that a trial has shown to be in force. */
    public static Sandbox of(Tool tool, UnpackedImage image, Path work) throws IOException, NoIsolation {
        var groups = isRoot()
                ? ControlGroups.find(Integer.toHexString(work.toString().hashCode()))
                : Optional.<ControlGroups>empty();
        return tried(new Means(tool, isRoot(), groups), image, work);
    }

    static Sandbox tried(Means means, UnpackedImage image, Path work) throws IOException, NoIsolation {
        var sandbox = Sandbox.untried(image, means, work);
        var door = Files.createTempDirectory(work, "trial-");
        try {
            Files.setPosixFilePermissions(door, PosixFilePermissions.fromString("rwxr-xr-x"));
            var user = means.dedicatedUser() ? OptionalInt.of(FIRST_USER) : OptionalInt.empty();
            return sandbox.tried(new LayerTrial(sandbox).run(door, user), work);
        } finally {
            Files.deleteIfExists(door);
        }
    }

    /** Root can become others; everyone else stays who they are. */
    public static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}
