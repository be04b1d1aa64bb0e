package dev.parley.local.process;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** All processes of a room. Closing stops them, the youngest first. Safe for use by several threads. */
public final class Children implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Deque<Child> running = new ArrayDeque<>();
    private final Thread hook = new Thread(this::stopAll, "stop-children");
    private boolean closed;

    private Children() {}

    /** The processes stop with this JVM at the latest. */
    public static Children endingWithThisJvm() {
        var children = new Children();
        Runtime.getRuntime().addShutdownHook(children.hook);
        return children;
    }

    /** Starts without waiting. */
    public synchronized Child start(Launch launch) throws IOException {
        if (closed) {
            throw new IllegalStateException("the room is being stopped");
        }
        return adopt(Child.start(launch));
    }

    /** Takes over a process that was started already; it is stopped at once when the room is being stopped. */
    synchronized Child adopt(Child child) {
        if (closed) {
            child.close();
            throw new IllegalStateException("the room is being stopped");
        }
        running.push(child);
        return child;
    }

    /** Starts and waits until ready; a process that does not get there is stopped. */
    public Child start(Launch launch, Readiness readiness) throws IOException, StartFailed, InterruptedException {
        var child = start(launch);
        try {
            child.awaitReady(readiness, LIMIT);
        } catch (StartFailed | InterruptedException failed) {
            stop(child);
            throw failed;
        }
        return child;
    }

    /** Stops one of these processes, which may be started anew. */
    public void stop(Child child) {
        child.close();
        synchronized (this) {
            running.remove(child);
        }
    }

    @Override
    public void close() {
        stopAll();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            // The hook itself is what closes then.
        }
    }

    private void stopAll() {
        synchronized (this) {
            closed = true;
        }
        for (var child = youngest(); child != null; child = youngest()) {
            child.close();
        }
    }

    private synchronized @Nullable Child youngest() {
        return running.poll();
    }
}
