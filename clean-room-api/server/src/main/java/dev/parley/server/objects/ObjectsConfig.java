package dev.parley.server.objects;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** Where ciphertext rests. */
@ConfigMapping(prefix = "parley.objects")
public interface ObjectsConfig {
    /** Made if it is not there; several servers may share it. */
    @WithDefault("parley-objects")
    Path folder();

    /** The longest ciphertext that is taken, in bytes. */
    @WithDefault("1099511627776")
    long maxLength();

    /** An upload that nobody continues for so long is thrown away. */
    @WithDefault("7D")
    Duration uploadsExpireAfter();
}
