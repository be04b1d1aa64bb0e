package dev.parley.server.queue;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.room.DatasetVersion;
import dev.parley.protocol.wire.RunState;
import dev.parley.server.datasets.Datasets;
import dev.parley.server.http.ProblemCode;
import dev.parley.server.http.Refused;
import dev.parley.server.log.Event;
import dev.parley.server.log.Log;
import dev.parley.server.rooms.Rooms;
import dev.parley.server.runs.RunsConfig;
import dev.parley.server.runs.StoredRun;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.StatelessSession;

/** Leases on runs. */
@ApplicationScoped
class Claims {
    static final String ATTEMPTS_EXHAUSTED = "RUN_ATTEMPTS_EXHAUSTED";
    private static final String REQUEST_EXPIRED = "RUN_REQUEST_NOT_VALID_NOW";

    private final StatelessSession session;
    private final Rooms rooms;
    private final Datasets datasets;
    private final Log log;
    private final RunsConfig config;
    private final InstantSource time;

    Claims(StatelessSession session, Rooms rooms, Datasets datasets, Log log, RunsConfig config, InstantSource time) {
        this.session = session;
        this.rooms = rooms;
        this.datasets = datasets;
        this.log = log;
        this.config = config;
        this.time = time;
    }

    /** The oldest waiting run that nobody else is claiming at this moment. */
    @Transactional
    Optional<ClaimedRun> claim(String host) throws Malformed {
        for (var next = oldestWaiting(); next.isPresent(); next = oldestWaiting()) {
            var run = next.get();
            if (!run.isExpired(time.instant())) {
                return Optional.of(lease(run, host));
            }
            refuse(run, REQUEST_EXPIRED);
        }
        return Optional.empty();
    }

    @Transactional
    ClaimedRun.Lease renew(UUID lease, long fencingToken) {
        var run = requireHeld(lease, fencingToken);
        var until = time.instant().plus(config.lease());
        run.renew(until);
        session.update(run);
        return new ClaimedRun.Lease(lease, fencingToken, until);
    }

    /** Gives back what hosts hold no longer: to the queue, or as failed after too many attempts. */
    @Transactional
    int endExpiredLeases() {
        var now = time.instant();
        var expired = session.createNativeQuery(
                        "select * from run where state = 'RUNNING' and lease_expires <= :now for update skip locked",
                        StoredRun.class)
                .setParameter("now", now)
                .getResultList();
        for (var run : expired) {
            if (run.attempts() < config.maxAttempts()) {
                run.requeue(null, now);
            } else {
                run.finish(RunState.FAILED, ATTEMPTS_EXHAUSTED, now);
            }
            session.update(run);
        }
        return expired.size();
    }

    /** Ends runs that no host claimed before their request expired. */
    @Transactional
    void refuseExpiredRequests() {
        session.createNativeQuery(
                        "select * from run where state = 'QUEUED' and expires <= :now for update skip locked",
                        StoredRun.class)
                .setParameter("now", time.instant())
                .getResultList()
                .forEach(run -> refuse(run, REQUEST_EXPIRED));
    }

    @Transactional
    long count(RunState state) {
        return session.createSelectionQuery("select count(*) from StoredRun where state = :state", Long.class)
                .setParameter("state", state)
                .getSingleResult();
    }

    /** The run of a lease that holds, its row locked. */
    StoredRun requireHeld(UUID lease, long fencingToken) {
        return find(lease)
                .filter(run -> run.state() == RunState.RUNNING && run.fencingToken() == fencingToken)
                .filter(run -> run.leaseExpires()
                        .filter(until -> time.instant().isBefore(until))
                        .isPresent())
                .orElseThrow(() -> Refused.with(ProblemCode.LEASE_LOST, "stop working on this run"));
    }

    Optional<StoredRun> find(UUID lease) {
        return session
                .createNativeQuery("select * from run where lease = :lease for update", StoredRun.class)
                .setParameter("lease", lease)
                .getResultList()
                .stream()
                .findFirst();
    }

    void refuse(StoredRun run, String code) {
        run.finish(RunState.REFUSED, code, time.instant());
        session.update(run);
        log.append(Event.of("run-refused", run.roomId())
                .with("run", run.id().toString())
                .with("code", code));
    }

    private Optional<StoredRun> oldestWaiting() {
        return session
                .createNativeQuery("""
                        select * from run where state = 'QUEUED' and available_at <= :now
                        order by available_at, seq limit 1 for update skip locked
                        """, StoredRun.class)
                .setParameter("now", time.instant())
                .getResultList()
                .stream()
                .findFirst();
    }

    private ClaimedRun lease(StoredRun run, String host) throws Malformed {
        var token = session.createNativeQuery("select nextval('fencing_token')", Long.class)
                .getSingleResult();
        var lease =
                new ClaimedRun.Lease(UUID.randomUUID(), token, time.instant().plus(config.lease()));
        run.lease(host, lease.id(), token, lease.expires());
        session.update(run);
        return new ClaimedRun(
                run.id(), lease, rooms.version(run.roomId(), run.policyVersion()), run.request(), manifests(run));
    }

    private List<String> manifests(StoredRun run) throws Malformed {
        var wanted = Json.parseCanonical(run.signedRequest().unverifiedPayload())
                .asObject()
                .fields()
                .objects("datasets", DatasetVersion::read);
        var manifests = new ArrayList<String>();
        for (var version : wanted) {
            manifests.add(datasets.readyManifest(run.roomId(), version).orElseThrow());
        }
        return manifests;
    }
}
