package dev.parley.web.keys;

import io.smallrye.config.ConfigMapping;

/** Whose portal this is. */
@ConfigMapping(prefix = "parley")
public interface PartyConfig {
    /** The party's id, as bundles name it. */
    String party();
}
