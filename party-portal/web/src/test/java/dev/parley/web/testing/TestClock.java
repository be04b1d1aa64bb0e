package dev.parley.web.testing;

import dev.parley.policy.sample.SampleRoom;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Starts within the sample room's validity, runs like any clock, and leaps where a test says so. */
@Alternative
@Priority(1)
@Singleton
public final class TestClock implements InstantSource {
    private final Instant started = Instant.now();
    private final AtomicReference<Duration> leaps = new AtomicReference<>(Duration.ZERO);

    @Override
    public Instant instant() {
        return SampleRoom.NOW
                .plus(Duration.between(started, Instant.now()))
                .plus(leaps.get())
                .truncatedTo(ChronoUnit.MILLIS);
    }

    public void leap(Duration ahead) {
        leaps.accumulateAndGet(ahead, Duration::plus);
    }
}
