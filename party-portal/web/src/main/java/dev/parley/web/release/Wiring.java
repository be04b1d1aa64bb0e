package dev.parley.web.release;

import dev.parley.protocol.attestation.TrustRoots;
import dev.parley.web.budget.BudgetLedger;
import dev.parley.web.keys.BrokerKeys;
import dev.parley.web.startup.StartRefusal;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/** Puts the broker together from what this process was given. */
final class Wiring {
    @Produces
    @Singleton
    TrustRoots roots(TrustConfig config) {
        try {
            return TrustedRoots.read(config.root().orElse(List.of()));
        } catch (TrustedRoots.Unusable e) {
            throw StartRefusal.end(String.valueOf(e.getMessage()));
        }
    }

    @Produces
    @Singleton
    KeyBroker.Stores stores(
            SignedPolicies policies,
            OpenChallenges challenges,
            HeldDatasets datasets,
            SeenHeads heads,
            BudgetLedger budgets) {
        return new KeyBroker.Stores(policies, challenges, datasets, heads, budgets);
    }

    /** As the process starts: without keys or roots it must not run. */
    @Produces
    @Singleton
    @Startup
    KeyBroker broker(
            BrokerKeys keys, KeyBroker.Stores stores, TrustRoots roots, InstantSource clock, SecureRandom random) {
        return new KeyBroker(keys, stores, new RunExamination(roots), clock, random);
    }

    @Produces
    @Singleton
    RateLimit limit(ReleaseConfig config, InstantSource clock) {
        return new RateLimit(config.requestsPerSecond(), config.burst(), clock);
    }
}
