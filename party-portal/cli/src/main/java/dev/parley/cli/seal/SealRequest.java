package dev.parley.cli.seal;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.sealing.SealedVersion;
import java.nio.file.Path;

/** What is to be sealed, how, and where to. */
record SealRequest(
        Path csv, byte separator, Mapping mapping, boolean skipUnusable, SealedVersion sealed, SealedFiles files) {
    SealRequest {
        requireNonNull(csv);
        requireNonNull(mapping);
        requireNonNull(sealed);
        requireNonNull(files);
    }
}
