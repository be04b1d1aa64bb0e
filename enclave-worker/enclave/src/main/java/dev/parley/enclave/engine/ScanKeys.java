package dev.parley.enclave.engine;

import dev.parley.enclave.privacy.KeyedHash;
import java.util.Optional;

/**
 * The keys that a scan needs.
 *
 * @param rows tags rows, where the rows of a person are bounded
 * @param people orders the groups of a person, where these are bounded; of the first dataset only
 */
record ScanKeys(Optional<KeyedHash.Key> rows, Optional<KeyedHash.Key> people) {
    static final ScanKeys NONE = new ScanKeys(Optional.empty(), Optional.empty());
}
