package dev.parley.server.runs;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The queue of runs. */
@ConfigMapping(prefix = "parley.runs")
public interface RunsConfig {
    /** How long a host may work before it renews. */
    @WithDefault("60S")
    Duration lease();

    /** How often a run is tried before it has failed. */
    @WithDefault("5")
    int maxAttempts();

    /** Runs of one party that may wait at the same time. */
    @WithDefault("100")
    int maxQueuedPerParty();

    /** How often progress is looked up for a client that listens. */
    @WithDefault("0.5S")
    Duration progressEvery();
}
