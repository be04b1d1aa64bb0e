package dev.parley.server.log;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** The operator's log. */
@ConfigMapping(prefix = "parley.log")
public interface LogConfig {
    /** The log's name: a schema-less URL that stays the same for its whole life. */
    @WithDefault("parley.local/log")
    String origin();

    /** Where the signing key rests; made at the first start, readable by the owner alone. */
    @WithDefault("parley-log.key")
    Path keyFile();
}
