package dev.parley.enclave.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SlotsTest {
    private static final Duration SLOT = Duration.ofMillis(100);

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000_000);
    private final long start = now.get();
    private final Slots slots = new Slots(start, SLOT, now::get);

    @Test
    void leadsToTheNextMultipleFromWhereverItStands() {
        var random = new Random(1);
        for (var i = 0; i < 1_000; i++) {
            // The clock of the platform may count through its overflow.
            now.set(start + random.nextLong(1L << 45));

            var leaves = now.get() + slots.untilNext().toNanos() - start;

            assertThat(leaves % SLOT.toNanos()).isZero();
            assertThat(slots.untilNext()).isPositive().isLessThanOrEqualTo(SLOT);
        }
    }

    @Test
    void aWorkDoneExactlyAtASlotWaitsForTheNext() {
        now.addAndGet(3 * SLOT.toNanos());

        assertThat(slots.untilNext()).isEqualTo(SLOT);
    }

    @Test
    void sleepsUntilThen() throws InterruptedException {
        var real = System.nanoTime();
        var soon = new Slots(real, SLOT, System::nanoTime);

        soon.awaitNext();

        assertThat(System.nanoTime() - real).isGreaterThanOrEqualTo(SLOT.toNanos());
    }
}
