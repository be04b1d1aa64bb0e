package dev.parley.web.keys;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.OptionalInt;

/** Where the party's keys rest and how they are unlocked. A passphrase itself is never a setting. */
@ConfigMapping(prefix = "parley.keys")
public interface KeysConfig {
    /** The key store, as {@code parley key new} writes it. */
    Path folder();

    /** The open file descriptor that the passphrase is read from, to its first line's end; else the console asks. */
    OptionalInt passphraseFd();
}
