package dev.parley.enclave.release;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The instants at which results may leave: multiples of a fixed length after the start of the run. When exactly a run is
 * done can depend on its data; which slot it makes tells far less.
 */
public final class Slots {
    private final Duration length;
    private final LongSupplier nanoTime;
    private final long start;

    /**
     * Counts from the start of the run.
     *
     * @param nanoTime the clock that gave {@code start}
     */
    public Slots(long start, Duration length, LongSupplier nanoTime) {
        this.length = length;
        this.nanoTime = nanoTime;
        this.start = start;
    }

    public void awaitNext() throws InterruptedException {
        Thread.sleep(untilNext());
    }

    /** From now to the next multiple; a whole slot where one has just begun. */
    Duration untilNext() {
        var elapsed = nanoTime.getAsLong() - start;
        var slot = length.toNanos();
        return Duration.ofNanos(slot - Math.floorMod(elapsed, slot));
    }
}
