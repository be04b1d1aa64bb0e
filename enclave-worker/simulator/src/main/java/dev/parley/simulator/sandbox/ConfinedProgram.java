package dev.parley.simulator.sandbox;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A started program together with the processes that set its sandbox up and wait for it. */
public final class ConfinedProgram {
    private static final int SECONDS = 10;

    private final Process process;
    private final Optional<ControlGroup> group;

    ConfinedProgram(Process process, Optional<ControlGroup> group) {
        this.process = process;
        this.group = group;
    }

    /** The first process: it ends when the program does, with its exit code. */
    public Process process() {
        return process;
    }

    Optional<ControlGroup> group() {
        return group;
    }

    /** Kills; does not wait. */
    public void kill() {
        family().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** Kills, and comes back when no process is left: only then may its user be another's. */
    public void end() throws IOException {
        // Whoever stops the platform interrupts, and an enclave that is left behind would be worse than the wait.
        var interrupted = Thread.interrupted();
        try {
            endUninterrupted();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void endUninterrupted() throws IOException {
        var ends = family().stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        kill();
        try {
            CompletableFuture.allOf(ends).get(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a program ends", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("a program does not end", e);
        }
        if (group.isPresent()) {
            group.get().close();
        }
    }

    /** The innermost process first started last: the program itself, once the sandbox stands. */
    Optional<ProcessHandle> innermost() {
        return family().stream()
                .filter(member -> member.children().findAny().isEmpty())
                .findFirst();
    }

    private List<ProcessHandle> family() {
        List<ProcessHandle> family = new ArrayList<>(process.descendants().toList());
        family.add(process.toHandle());
        return family;
    }
}
