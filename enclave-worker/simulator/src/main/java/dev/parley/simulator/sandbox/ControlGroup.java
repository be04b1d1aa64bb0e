package dev.parley.simulator.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The control group of one enclave: a folder in one hierarchy, or in two where controllers have one each. What is in it
 * shares one limit of memory, and the kernel ends something in it when the limit is reached.
 */
final class ControlGroup implements AutoCloseable {
    private static final String MEMBERS = "cgroup.procs";
    private static final int ATTEMPTS = 200;

    private final List<Path> folders;

    ControlGroup(List<Path> folders) {
        this.folders = List.copyOf(folders);
    }

    List<Path> folders() {
        return folders;
    }

    /** Whether this very process is in it, in every hierarchy. */
    boolean holds(long pid) throws IOException {
        for (var folder : folders) {
            if (!Files.readAllLines(folder.resolve(MEMBERS)).contains(String.valueOf(pid))) {
                return false;
            }
        }
        return true;
    }

    /** Ends whatever is still in it, waits until it is empty, and removes it. */
    @Override
    public void close() throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (remove()) {
                return;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while a control group empties", e);
            }
        }
        throw new IOException("a control group does not become empty");
    }

    private boolean remove() {
        var left = removeIfEmpty();
        left.forEach(ControlGroup::endMembers);
        return left.isEmpty();
    }

    /** The folders that are still there, since something is in them. */
    List<Path> removeIfEmpty() {
        List<Path> left = new ArrayList<>();
        for (var folder : folders) {
            try {
                Files.deleteIfExists(folder);
            } catch (IOException e) {
                left.add(folder);
            }
        }
        return left;
    }

    private static void endMembers(Path folder) {
        try {
            for (var pid : Files.readAllLines(folder.resolve(MEMBERS))) {
                ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
            }
        } catch (IOException e) {
            // Gone in the meantime; the next attempt removes the folder.
            return;
        }
    }
}
