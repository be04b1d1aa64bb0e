package dev.parley.web.http;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;

/** The one place where this process takes time and randomness from its machine. */
final class Ambient {
    /** Milliseconds, so that an instant reads the same before and after the database. */
    @Produces
    @Singleton
    InstantSource time() {
        return Clock.tick(Clock.systemUTC(), Duration.ofMillis(1));
    }

    @Produces
    @Singleton
    SecureRandom random() {
        return new SecureRandom();
    }
}
