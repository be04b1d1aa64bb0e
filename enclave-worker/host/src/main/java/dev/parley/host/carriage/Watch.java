package dev.parley.host.carriage;

import dev.parley.host.operator.LeaseLost;
import dev.parley.host.operator.OperatorApi;
import dev.parley.host.platform.LaunchedEnclave;
import dev.parley.protocol.wire.RunClaim;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Keeps the lease of one run while it is open, and ends its enclave where the lease or the time is up. */
final class Watch implements AutoCloseable {
    private final OperatorApi operator;
    private final RunClaim claim;
    private final Times times;
    private final Thread thread;
    private Optional<LaunchedEnclave> enclave = Optional.empty();
    private boolean leaseLost;
    private boolean timedOut;

    private Watch(OperatorApi operator, RunClaim claim, Times times) {
        this.operator = operator;
        this.claim = claim;
        this.times = times;
        this.thread = Thread.ofVirtual().name("watch").unstarted(this::watch);
    }

    /**
     * How long things may take.
     *
     * @param renewal between two renewals of the lease
     * @param longestRun from claim to outcome; looked at with every renewal
     */
    record Times(Duration renewal, Duration longestRun) {}

    static Watch start(OperatorApi operator, RunClaim claim, Times times) {
        var watch = new Watch(operator, claim, times);
        watch.thread.start();
        return watch;
    }

    /** From now on this enclave ends with the lease. */
    synchronized void over(LaunchedEnclave launched) throws IOException {
        enclave = Optional.of(launched);
        if (leaseLost || timedOut) {
            launched.close();
        }
    }

    synchronized boolean leaseLost() {
        return leaseLost;
    }

    synchronized boolean timedOut() {
        return timedOut;
    }

    private void watch() {
        var start = System.nanoTime();
        try {
            while (!leaseLost() && !timedOut()) {
                Thread.sleep(times.renewal());
                if (System.nanoTime() - start >= times.longestRun().toNanos()) {
                    end(false);
                } else {
                    renew();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void renew() throws InterruptedException {
        try {
            operator.renew(claim);
        } catch (LeaseLost e) {
            end(true);
        } catch (IOException e) {
            // Tried again at the next turn; the lease outlives a few of them.
        }
    }

    private synchronized void end(boolean lost) {
        leaseLost = lost;
        timedOut = !lost;
        try {
            if (enclave.isPresent()) {
                enclave.get().close();
            }
        } catch (IOException e) {
            // Its door is closed either way, and that is what ends the run.
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
