package dev.parley.protocol.attestation.eat;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Who says it, and for how long.
 *
 * @param issuer who verified: a URI or a name that readers know the key of
 * @param issuedAt, expires whole seconds
 */
public record Issuance(String issuer, Instant issuedAt, Instant expires) {
    public Issuance {
        requireNonNull(issuedAt);
        requireNonNull(expires);
        if (issuer.isEmpty() || issuer.length() > 256) {
            throw new IllegalArgumentException("an issuer has 1 to 256 characters");
        }
        if (!isWhole(issuedAt) || !isWhole(expires) || !expires.isAfter(issuedAt)) {
            throw new IllegalArgumentException("a token lives for whole seconds");
        }
    }

    private static boolean isWhole(Instant time) {
        return time.equals(time.truncatedTo(ChronoUnit.SECONDS));
    }
}
