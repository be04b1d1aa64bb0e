package dev.parley.web.release;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How often one address may ask. Only speed: nothing here changes what is believed. */
@ConfigMapping(prefix = "parley.release")
public interface ReleaseConfig {
    /** A run asks three times. */
    @WithDefault("20")
    int requestsPerSecond();

    /** How many requests may come at once after a pause. */
    @WithDefault("200")
    int burst();
}
