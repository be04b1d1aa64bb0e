package dev.parley.server.runs;

import dev.parley.policy.run.VerifiedRun;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.room.RoomId;
import dev.parley.protocol.wire.RunState;
import dev.parley.server.http.ProblemCode;
import dev.parley.server.http.Refused;
import dev.parley.server.log.Event;
import dev.parley.server.log.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.StatelessSession;

/** The queue's tail: where verified runs enter. */
@ApplicationScoped
class Queue {
    private final StatelessSession session;
    private final Log log;
    private final RunsConfig config;
    private final InstantSource time;

    Queue(StatelessSession session, Log log, RunsConfig config, InstantSource time) {
        this.session = session;
        this.log = log;
        this.config = config;
        this.time = time;
    }

    /** Serialises submissions to one room, so that the same request sent twice at once is one run. */
    @Transactional(Transactional.TxType.MANDATORY)
    void lock(RoomId room) {
        session.createNativeQuery("select id from room where id = :id for update", String.class)
                .setParameter("id", room.value())
                .getSingleResult();
    }

    Optional<StoredRun> find(Sha384Digest request, PartyId party) {
        return session
                .createSelectionQuery(
                        "from StoredRun where requestDigest = :digest and party = :party", StoredRun.class)
                .setParameter("digest", request.hex())
                .setParameter("party", party.value())
                .getResultList()
                .stream()
                .findFirst();
    }

    void requireRoom(PartyId party) {
        var queued = session.createSelectionQuery(
                        "select count(*) from StoredRun where party = :party and state = :queued", Long.class)
                .setParameter("party", party.value())
                .setParameter("queued", RunState.QUEUED)
                .getSingleResult();
        if (queued >= config.maxQueuedPerParty()) {
            throw Refused.with(
                    ProblemCode.RATE_LIMITED, "at most " + config.maxQueuedPerParty() + " runs wait at once");
        }
    }

    @Transactional(Transactional.TxType.MANDATORY)
    StoredRun add(VerifiedRun verified, Jws signed, Sha384Digest answerKey) {
        var now = time.instant();
        var run = stored(verified, signed, now);
        run.answerKey = answerKey.hex();
        var answer = answer(answerKey);
        run.repeatOf = answer.orElse(null);
        if (answer.isPresent()) {
            run.finish(RunState.DELIVERED, null, now);
        }
        session.insert(run);
        insertParties(run, verified);
        log.append(Event.of("run-submitted", verified.request().room())
                .with("run", run.id.toString())
                .with("runRequest", run.requestDigest)
                .with("party", run.party));
        answer.ifPresent(earlier -> appendRepeat(run, earlier));
        return run;
    }

    private static StoredRun stored(VerifiedRun verified, Jws signed, Instant now) {
        var request = verified.request();
        var run = new StoredRun();
        run.id = UUID.randomUUID();
        run.room = request.room().value();
        run.policyVersion = verified.bundle().version();
        run.party = request.party().value();
        run.template = request.query().template().value();
        run.request = signed.compact();
        run.requestDigest = request.digest().hex();
        run.expires = request.validity().expires();
        run.state = RunState.QUEUED;
        run.step = "";
        run.submittedAt = now;
        run.availableAt = now;
        return run;
    }

    private Optional<UUID> answer(Sha384Digest answerKey) {
        return session
                .createSelectionQuery(
                        "select id from StoredRun where answerKey = :key and state = :delivered and repeatOf is null"
                                + " order by seq desc",
                        UUID.class)
                .setParameter("key", answerKey.hex())
                .setParameter("delivered", RunState.DELIVERED)
                .setMaxResults(1)
                .getResultList()
                .stream()
                .findFirst();
    }

    private void insertParties(StoredRun run, VerifiedRun verified) {
        var recipients = verified.request().recipients();
        var parties = new LinkedHashSet<PartyId>(recipients);
        parties.add(verified.request().party());
        verified.manifests().forEach(manifest -> parties.add(manifest.party()));
        for (var party : parties) {
            session.createNativeMutationQuery("insert into run_party values (:run, :party, :recipient)")
                    .setParameter("run", run.id)
                    .setParameter("party", party.value())
                    .setParameter("recipient", recipients.contains(party))
                    .executeUpdate();
        }
    }

    private void appendRepeat(StoredRun run, UUID earlier) {
        var receipt = session.createNativeQuery("select receipt from receipt where run = :run", byte[].class)
                .setParameter("run", earlier)
                .getSingleResult();
        log.append(Event.of("result-delivered", run.roomId())
                .with("run", run.id.toString())
                .with("receipt", Sha384Digest.of(Bytes.takeOwnershipOf(receipt)).hex()));
    }
}
