package dev.parley.web.testing;

import dev.parley.policy.sample.SampleTemplates;
import dev.parley.protocol.attestation.TrustRoots;
import dev.parley.web.keys.PartyKeys;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The retailer's keys and the platform's root, of the one room that all tests of a running portal share. */
public final class TestKeys {
    public static final TestRoom ROOM = new TestRoom();

    @Produces
    @Alternative
    @Priority(1)
    @Singleton
    PartyKeys keys() {
        return ROOM.keys(SampleTemplates.RETAILER);
    }

    @Produces
    @Alternative
    @Priority(1)
    @Singleton
    TrustRoots roots() {
        return ROOM.roots();
    }
}
