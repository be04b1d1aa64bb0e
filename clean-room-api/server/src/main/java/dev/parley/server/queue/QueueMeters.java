package dev.parley.server.queue;

import dev.parley.protocol.wire.RunState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;

/** How many runs wait and how many hosts work, for whoever watches. Counts only: no room, no party. */
@Singleton
final class QueueMeters implements MeterBinder {
    private final Claims claims;

    QueueMeters(Claims claims) {
        this.claims = claims;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (var state : new RunState[] {RunState.QUEUED, RunState.RUNNING}) {
            Gauge.builder("parley.runs", claims, source -> source.count(state))
                    .tag("state", state.name())
                    .description("Runs that have not ended")
                    .register(registry);
        }
    }
}
