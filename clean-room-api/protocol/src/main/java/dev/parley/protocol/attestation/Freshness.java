package dev.parley.protocol.attestation;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.encoding.Bytes;
import java.time.Duration;
import java.time.Instant;

/**
 * What makes evidence a live answer (spec §6.3).
 *
 * @param nonce what the verifier sent for this one occasion, 16 to 64 bytes. Single use is the caller's to enforce, by
 *     the nonce: a document has a twin with another signature, so its hash is no replay key
 * @param now the verifier's clock; certificates must be valid then
 * @param maxAge how far the document's timestamp may lie from now, in either direction
 */
public record Freshness(Bytes nonce, Instant now, Duration maxAge) {
    public Freshness {
        if (nonce.size() < 16 || nonce.size() > 64) {
            throw new IllegalArgumentException("a nonce has 16 to 64 bytes");
        }
        if (maxAge.isNegative() || maxAge.isZero()) {
            throw new IllegalArgumentException("the greatest age must be positive");
        }
        requireNonNull(now);
    }
}
