package dev.parley.protocol.attestation;

import dev.parley.protocol.encoding.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a document is looked at, see {@link AttestationVerifier#inspectAllowingDebug}.
 *
 * @param at when certificates must be valid; empty: at the document's own timestamp
 * @param maxAge how far the timestamp may lie from {@code at}; empty: any distance
 * @param nonce the nonce that the document must carry; empty: any or none
 */
public record Inspection(Optional<Instant> at, Optional<Duration> maxAge, Optional<Bytes> nonce) {
    public Inspection {
        if (maxAge.isPresent() && at.isEmpty()) {
            throw new IllegalArgumentException("an age needs a time to count from");
        }
    }

    /** As the document was when it was made, with any nonce. */
    public static Inspection atDocumentTime() {
        return new Inspection(Optional.empty(), Optional.empty(), Optional.empty());
    }

    public static Inspection at(Instant time) {
        return new Inspection(Optional.of(time), Optional.empty(), Optional.empty());
    }

    public Inspection withMaxAge(Duration age) {
        return new Inspection(at, Optional.of(age), nonce);
    }

    public Inspection withNonce(Bytes expected) {
        return new Inspection(at, maxAge, Optional.of(expected));
    }
}
