package dev.parley.simulator.sandbox;

import dev.parley.image.eif.SandboxProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes control groups beside or below the platform's own, so that a limit on the platform holds for its enclaves too.
 * Knows the one hierarchy of version 2, and version 1 with a hierarchy for memory and one for processes.
 */
final class ControlGroups {
    private static final String COMMON_PREFIX = "parley-";
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Path MOUNTED = Path.of("/sys/fs/cgroup");
    private static final String MEMORY = "memory";
    private static final String PROCESSES = "pids";
    /** What is beside the program's threads: shells and the tool that set the sandbox up. */
    private static final int CARRIERS = 8;

    private final List<Path> parents;
    private final String prefix;

    private ControlGroups(List<Path> parents, String prefix) {
        this.parents = parents;
        this.prefix = prefix;
    }

    /**
     * Where this process may make groups; empty where the machine has none, or they are not for this user.
     *
     * @param name in the names, which no other platform on this machine uses; groups of an earlier start go
     */
    static Optional<ControlGroups> find(String name) throws IOException {
        return find(MOUNTED, Files.readAllLines(Path.of("/proc/self/cgroup")), name);
    }

    static Optional<ControlGroups> find(Path mounted, List<String> memberships, String name) throws IOException {
        List<Path> parents = new ArrayList<>();
        for (var line : memberships) {
            // number:controllers:path
            var parts = line.split(":", 3);
            var own = Path.of("/").relativize(Path.of(parts[2]));
            if (parts[1].isEmpty() && Files.exists(mounted.resolve("cgroup.controllers"))) {
                // Version 2 allows no limits below a group that has processes itself: the new ones stand beside it.
                parents.add(mounted.resolve(own).normalize().equals(mounted) ? mounted : beside(mounted, own));
            } else if (parts[1].equals(MEMORY) || parts[1].equals(PROCESSES)) {
                parents.add(mounted.resolve(parts[1]).resolve(own));
            }
        }
        if (parents.isEmpty() || !parents.stream().allMatch(Files::isWritable)) {
            return Optional.empty();
        }
        var groups = new ControlGroups(List.copyOf(parents), COMMON_PREFIX + name + "-");
        groups.removeEarlier();
        return Optional.of(groups);
    }

    private static Path beside(Path mounted, Path own) {
        var parent = own.getParent();
        return parent == null ? mounted : mounted.resolve(parent);
    }

    /** A new group with the image's limits; it fails where a limit cannot be set. */
    ControlGroup create(String name, SandboxProfile profile) throws IOException {
        List<Path> folders = new ArrayList<>();
        for (var parent : parents) {
            var folder = parent.resolve(prefix + name);
            if (!folders.contains(folder)) {
                folders.add(Files.createDirectory(folder));
            }
        }
        var group = new ControlGroup(folders);
        try {
            limit(folders, profile);
            return group;
        } catch (IOException e) {
            group.close();
            throw e;
        }
    }

    private static void limit(List<Path> folders, SandboxProfile profile) throws IOException {
        var memory = String.valueOf((long) profile.memoryMib() << 20);
        var tasks = String.valueOf(profile.threads() + CARRIERS);
        var limits = Map.of("memory.limit_in_bytes", memory, "memory.max", memory, "pids.max", tasks);
        var set = 0;
        for (var folder : folders) {
            for (var limit : limits.entrySet()) {
                var file = folder.resolve(limit.getKey());
                if (Files.exists(file)) {
                    Files.writeString(file, limit.getValue());
                    set += Files.readString(file).strip().equals(limit.getValue()) ? 1 : 0;
                }
            }
            var swap = folder.resolve("memory.swap.max");
            if (Files.exists(swap)) {
                Files.writeString(swap, "0");
            }
        }
        if (set != 2) {
            throw new IOException("memory and processes are not both limited here");
        }
    }

    /** What a platform left that was killed. Of others, only what has been empty for long: the kernel keeps the rest. */
    private void removeEarlier() throws IOException {
        var longAgo = Instant.now().minus(LONG);
        for (var parent : parents) {
            try (var groups = Files.newDirectoryStream(parent, COMMON_PREFIX + "*")) {
                for (var left : groups) {
                    if (String.valueOf(left.getFileName()).startsWith(prefix)) {
                        new ControlGroup(List.of(left)).close();
                    } else if (Files.getLastModifiedTime(left).toInstant().isBefore(longAgo)) {
                        new ControlGroup(List.of(left)).removeIfEmpty();
                    }
                }
            }
        }
    }
}
