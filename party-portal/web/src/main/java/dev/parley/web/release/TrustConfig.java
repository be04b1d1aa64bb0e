package dev.parley.web.release;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Whose evidence can be believed at all. AWS's root always can; a bundle names the one that counts in its room. */
@ConfigMapping(prefix = "parley.trust")
public interface TrustConfig {
    /** Files with one root certificate each, PEM or DER: of simulated platforms, whose holders could read the data. */
    Optional<List<Path>> root();
}
