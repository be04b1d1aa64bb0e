package dev.parley.simulator.sandbox;

import dev.parley.simulator.sandbox.Isolation.Tool;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Finds out by trying which isolation works on this machine. */
public final class Sandboxes {
    /** The users of enclaves, one each, come from a range that neither distributions nor container tools give out. */
    public static final int FIRST_USER = 1_900_000_000;

    private static final int TRIAL_SECONDS = 20;

    private Sandboxes() {}

    /** The best isolation here. */
    public static Sandbox best(UnpackedImage image, Path work) throws IOException, NoIsolation {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            throw new NoIsolation("enclaves need Linux namespaces: run the platform on Linux or in a Linux machine");
        }
        List<String> reasons = new ArrayList<>();
        for (var tool : Tool.values()) {
            try {
                return of(tool, image, work);
            } catch (NoIsolation e) {
                reasons.add(e.getMessage());
            }
        }
        throw new NoIsolation("no isolation works here (" + String.join("; ", reasons)
                + "): install bubblewrap, allow user namespaces, or give a --work folder that may hold programs");
    }

    /** A sandbox by exactly this tool, tried once. */
    public static Sandbox of(Tool tool, UnpackedImage image, Path work) throws IOException, NoIsolation {
        var sandbox = new Sandbox(image, new Isolation(tool, missing(tool)), work);
        var door = Files.createTempDirectory(work, "trial-");
        var console = work.resolve("trial.log");
        try {
            Files.setPosixFilePermissions(door, PosixFilePermissions.fromString("rwxr-xr-x"));
            var user = isRoot() ? OptionalInt.of(FIRST_USER) : OptionalInt.empty();
            require(sandbox.startTrial(door, user, Redirect.to(console.toFile())), tool, console);
            return sandbox;
        } finally {
            Files.deleteIfExists(door);
            Files.deleteIfExists(console);
        }
    }

    private static Set<Layer> missing(Tool tool) {
        var missing = EnumSet.of(Layer.CONTROL_GROUP);
        if (tool == Tool.UNSHARE) {
            missing.add(Layer.OUTER_FILTER);
        }
        if (!isRoot()) {
            missing.add(Layer.DEDICATED_USER);
        }
        return missing;
    }

    private static void require(Process trial, Tool tool, Path console) throws IOException, NoIsolation {
        try {
            if (!trial.waitFor(TRIAL_SECONDS, TimeUnit.SECONDS)) {
                throw new NoIsolation(tool + " does not come to an end");
            }
            if (trial.exitValue() != 0) {
                throw new NoIsolation(tool + ": " + lines(console));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            trial.destroyForcibly();
        }
    }

    private static String lines(Path console) throws IOException {
        var text = new String(Files.readAllBytes(console), StandardCharsets.UTF_8).strip();
        return text.isEmpty()
                ? "failed without a word"
                : String.join(" / ", text.lines().limit(3).toList());
    }

    /** Root can become others; everyone else stays who they are. */
    public static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}
