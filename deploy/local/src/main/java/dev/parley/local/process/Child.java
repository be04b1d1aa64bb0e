package dev.parley.local.process;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** One running process. Safe for use by several threads. */
public final class Child implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(40);
    private static final Duration GRACE = Duration.ofSeconds(12);

    private final Launch launch;
    private final Process process;

    Child(Launch launch, Process process) {
        this.launch = launch;
        this.process = process;
    }

    static Child start(Launch launch) throws IOException {
        return new Child(launch, Fork.start(launch));
    }

    public String name() {
        return launch.name();
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until the process does its work. The process is left running when it is late: its owner stops it. */
    public void awaitReady(Readiness readiness, Duration limit) throws StartFailed, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!readiness.reached()) {
            if (!process.isAlive()) {
                throw StartFailed.of(launch, "ended with exit code " + process.exitValue());
            }
            if (System.nanoTime() > deadline) {
                throw StartFailed.of(launch, "was not ready after " + limit.toSeconds() + " s");
            }
            Thread.sleep(POLL);
        }
    }

    /** Waits for the end and gives the exit code. */
    public int await() throws InterruptedException {
        return process.waitFor();
    }

    /** Kills without warning, as a power cut would. */
    public void kill() {
        var descendants = process.descendants().toList();
        process.destroyForcibly();
        awaitEnd(GRACE);
        descendants.forEach(Child::destroyAndAwait);
    }

    /** Asks for the end, insists after a while. Does nothing on a process that ended. */
    @Override
    public void close() {
        if (!process.isAlive()) {
            return;
        }
        var descendants = process.descendants().toList();
        ask();
        if (!awaitEnd(GRACE)) {
            process.destroyForcibly();
            awaitEnd(GRACE);
        }
        descendants.forEach(Child::destroyAndAwait);
    }

    private static void destroyAndAwait(ProcessHandle orphan) {
        orphan.destroyForcibly();
        orphan.onExit()
                .completeOnTimeout(orphan, GRACE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private void ask() {
        if (launch.stopSignal() == Launch.StopSignal.TERM) {
            process.destroy();
            return;
        }
        try {
            new ProcessBuilder("sh", "-c", "kill -s INT " + process.pid())
                    .start()
                    .waitFor();
        } catch (IOException notSent) {
            process.destroy();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            process.destroy();
        }
    }

    private boolean awaitEnd(Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }
}
