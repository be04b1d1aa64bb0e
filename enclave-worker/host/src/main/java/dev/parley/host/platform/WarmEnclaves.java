package dev.parley.host.platform;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps enclaves that are booted and were never used, so that a run does not wait for one. An enclave leaves this pool
 * for one run and never comes back; one that died in it is replaced. Where none is ready, one is booted for the asking.
 *
 * <p>Safe for use by several threads.
 */
public final class WarmEnclaves implements EnclavePlatform, AutoCloseable {
    private final EnclavePlatform platform;
    private final int wanted;
    private final Times times;
    private final Thread keeper = Thread.ofVirtual().name("warm enclaves").unstarted(this::keep);
    private final Deque<IdleEnclave> ready = new ArrayDeque<>();
    private boolean booting;
    private boolean closed;

    private WarmEnclaves(EnclavePlatform platform, int wanted, Times times) {
        this.platform = platform;
        this.wanted = wanted;
        this.times = times;
    }

    /**
     * How long things may take.
     *
     * @param boot until an enclave that came to its door asks for a run
     * @param join for a launch to wait for an enclave that is being booted already
     * @param look between two looks at whether the enclaves still wait
     * @param retry before a boot is tried again that failed; doubled with every further failure up to {@code longestRetry}
     */
    record Times(Duration boot, Duration join, Duration look, Duration retry, Duration longestRetry) {
        static final Times USUAL = new Times(
                Duration.ofSeconds(60),
                Duration.ofSeconds(3),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofMinutes(1));
    }

    /** Begins to boot {@code wanted} enclaves, one after the other; with none wanted, every launch is a cold one. */
    public static WarmEnclaves keep(EnclavePlatform platform, int wanted) {
        return keep(platform, wanted, Times.USUAL);
    }

    static WarmEnclaves keep(EnclavePlatform platform, int wanted, Times times) {
        var pool = new WarmEnclaves(platform, wanted, times);
        if (wanted > 0) {
            pool.keeper.start();
        }
        return pool;
    }

    @Override
    public LaunchedEnclave launch() throws IOException {
        for (var idle = take(); idle.isPresent(); idle = take()) {
            if (idle.get().waits()) {
                return idle.get();
            }
            end(idle.get());
        }
        return platform.launch();
    }

    /** How many wait for a run. */
    public synchronized int waiting() {
        return ready.size();
    }

    /** One that is nearly there comes sooner than one that would be booted beside it. */
    private synchronized Optional<IdleEnclave> take() throws IOException {
        try {
            waitWhile(() -> ready.isEmpty() && booting, times.join());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the host is being stopped");
        }
        notifyAll();
        return Optional.ofNullable(ready.poll());
    }

    private synchronized void waitWhile(BooleanSupplier condition, Duration most) throws InterruptedException {
        var deadline = System.nanoTime() + most.toNanos();
        for (var left = most.toNanos(); condition.getAsBoolean() && left > 0; left = deadline - System.nanoTime()) {
            wait(1 + Duration.ofNanos(left).toMillis());
        }
    }

    private void keep() {
        var pause = times.retry();
        try {
            while (!isClosed()) {
                dropTheDead();
                if (waiting() >= wanted) {
                    waitWhile(() -> !closed && ready.size() >= wanted, times.look());
                } else if (boot()) {
                    pause = times.retry();
                } else {
                    // Not woken by runs: a platform that gives no enclave is not asked the more the more is to do.
                    Thread.sleep(pause);
                    pause = shorter(pause.multipliedBy(2), times.longestRetry());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private boolean boot() {
        booting(true);
        try {
            put(IdleEnclave.whenReady(platform.launch(), times.boot()));
            return true;
        } catch (IOException | RuntimeException e) {
            // A run that comes meanwhile has one launched for itself, and its host says what came of that.
            return false;
        } finally {
            booting(false);
        }
    }

    private synchronized void booting(boolean now) {
        booting = now;
        notifyAll();
    }

    private void put(IdleEnclave idle) {
        synchronized (this) {
            if (!closed) {
                ready.add(idle);
                return;
            }
        }
        end(idle);
    }

    private void dropTheDead() {
        for (var dead = takeDead(); dead != null; dead = takeDead()) {
            end(dead);
        }
    }

    private synchronized @Nullable IdleEnclave takeDead() {
        var dead = ready.stream().filter(idle -> !idle.waits()).findFirst();
        dead.ifPresent(ready::remove);
        return dead.orElse(null);
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private static void end(LaunchedEnclave enclave) {
        try {
            enclave.close();
        } catch (IOException e) {
            // The platform ends it with the connection, however that broke.
        }
    }

    /** Ends all that wait, and the one that is being booted. */
    @Override
    public void close() {
        final List<IdleEnclave> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(ready);
            ready.clear();
        }
        keeper.interrupt();
        all.forEach(WarmEnclaves::end);
    }
}
