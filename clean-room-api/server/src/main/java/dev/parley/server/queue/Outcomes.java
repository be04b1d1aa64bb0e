package dev.parley.server.queue;

import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.receipt.Receipt;
import dev.parley.protocol.wire.OutcomeReport;
import dev.parley.protocol.wire.RunState;
import dev.parley.protocol.wire.RunView;
import dev.parley.server.http.ProblemCode;
import dev.parley.server.http.Refused;
import dev.parley.server.log.Event;
import dev.parley.server.log.Log;
import dev.parley.server.runs.RunsConfig;
import dev.parley.server.runs.StoredRun;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.hibernate.StatelessSession;

/** Ends runs as the host that holds them reports. */
@ApplicationScoped
class Outcomes {
    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");
    private static final int MAX_ISOLATION = 200;

    private final StatelessSession session;
    private final Claims claims;
    private final Log log;
    private final RunsConfig config;
    private final InstantSource time;

    Outcomes(StatelessSession session, Claims claims, Log log, RunsConfig config, InstantSource time) {
        this.session = session;
        this.claims = claims;
        this.log = log;
        this.config = config;
        this.time = time;
    }

    /** The same report again, after it was taken, changes nothing. */
    @Transactional
    RunView end(UUID lease, OutcomeReport report) throws Malformed {
        var ended =
                claims.find(lease).filter(run -> run.state().isFinal() && run.fencingToken() == report.fencingToken());
        if (ended.isPresent()) {
            return ended.get().view();
        }
        var run = claims.requireHeld(lease, report.fencingToken());
        if (report.isolation().length() > MAX_ISOLATION) {
            throw new Malformed("isolation is longer than " + MAX_ISOLATION);
        }
        run.isolatedBy(report.isolation());
        switch (report.outcome()) {
            case OutcomeReport.Delivered delivered -> deliver(run, delivered);
            case OutcomeReport.Refused(var code) -> claims.refuse(run, code(code));
            case OutcomeReport.Failed(var code) -> retry(run, code(code));
        }
        return run.view();
    }

    private void deliver(StoredRun run, OutcomeReport.Delivered delivered) throws Malformed {
        var canonical = Bytes.parseBase64Url(delivered.receipt());
        var results = requireNamed(run, Receipt.parse(canonical), delivered);
        session.createNativeMutationQuery("insert into receipt values (:run, :receipt, :evidence)")
                .setParameter("run", run.id())
                .setParameter("receipt", canonical.toArray())
                .setParameter(
                        "evidence", Bytes.parseBase64Url(delivered.evidence()).toArray())
                .executeUpdate();
        for (var result : results.entrySet()) {
            session.createNativeMutationQuery("insert into sealed_result values (:run, :recipient, :sealed)")
                    .setParameter("run", run.id())
                    .setParameter("recipient", result.getKey())
                    .setParameter("sealed", result.getValue().toArray())
                    .executeUpdate();
        }
        run.finish(RunState.DELIVERED, null, time.instant());
        session.update(run);
        log.append(Event.of("result-delivered", run.roomId())
                .with("run", run.id().toString())
                .with("receipt", Sha384Digest.of(canonical).hex()));
    }

    /** The results by recipient: exactly those that the receipt names, of exactly this run. */
    private static Map<String, Bytes> requireNamed(StoredRun run, Receipt receipt, OutcomeReport.Delivered delivered)
            throws Malformed {
        Map<String, Bytes> results = new HashMap<>();
        for (var result : delivered.results()) {
            results.put(result.recipient(), Bytes.parseBase64Url(result.sealed()));
        }
        var named = receipt.results().stream().allMatch(r -> {
            var sealed = results.get(r.recipient().value());
            return sealed != null && Sha384Digest.of(sealed).equals(r.ciphertext());
        });
        if (!named
                || receipt.results().size() != results.size()
                || !receipt.subject().run().runRequest().hex().equals(run.requestDigest())) {
            throw Refused.with(ProblemCode.RECEIPT_MISMATCH, "run request and ciphertexts are those that it names");
        }
        return results;
    }

    /** Waits twice as long before every further attempt. */
    private void retry(StoredRun run, String code) {
        var now = time.instant();
        if (run.attempts() < config.maxAttempts()) {
            run.requeue(code, now.plus(Duration.ofSeconds(1L << run.attempts())));
        } else {
            run.finish(RunState.FAILED, code, now);
        }
        session.update(run);
    }

    private static String code(String code) throws Malformed {
        if (!CODE.matcher(code).matches()) {
            throw new Malformed("code is a word in capitals");
        }
        return code;
    }
}
