package dev.parley.server.queue;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Looks after leases that no host renews and requests that no host claims. Every server does; the rows' locks keep them apart. */
@Singleton
final class Expiry {
    private static final Logger LOG = Logger.getLogger(Expiry.class);

    private final Claims claims;

    Expiry(Claims claims) {
        this.claims = claims;
    }

    @Scheduled(every = "5s", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void end() {
        claims.refuseExpiredRequests();
        var ended = claims.endExpiredLeases();
        if (ended > 0) {
            LOG.infof("%d leases expired", ended);
        }
    }
}
