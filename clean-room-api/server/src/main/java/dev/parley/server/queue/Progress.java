package dev.parley.server.queue;

import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.wire.StepReport;
import dev.parley.server.log.Event;
import dev.parley.server.log.Log;
import dev.parley.server.runs.StoredRun;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Takes down the steps that hosts report; what brokers answered goes to the log. */
@ApplicationScoped
class Progress {
    private static final Pattern STEP = Pattern.compile("[A-Z][A-Z_]{0,39}");
    /** Steps that tell of a broker's signed answer: the kind of their entry, and how it names the answer's digest. */
    private static final Map<String, Answer> ANSWERS = Map.of(
            "GRANTED", new Answer("keys-granted", "grant"),
            "KEYS_RELEASED", new Answer("keys-released", "release"));

    private final StatelessSession session;
    private final Claims claims;
    private final Log log;

    Progress(StatelessSession session, Claims claims, Log log) {
        this.session = session;
        this.claims = claims;
        this.log = log;
    }

    private record Answer(String kind, String member) {}

    @Transactional
    void report(UUID lease, StepReport report) throws Malformed {
        if (!STEP.matcher(report.step()).matches()) {
            throw new Malformed("step is a word in capitals");
        }
        var run = claims.requireHeld(lease, report.fencingToken());
        run.reached(report.step());
        session.update(run);
        var answer = ANSWERS.get(report.step());
        if (answer != null) {
            log.append(event(run, answer, report));
        }
    }

    private static Event event(StoredRun run, Answer answer, StepReport report) throws Malformed {
        return Event.of(answer.kind(), run.roomId())
                .with("run", run.id().toString())
                .with("party", PartyId.parse(require(report.party(), "party")).value())
                .with(
                        answer.member(),
                        Sha384Digest.parse(require(report.digest(), "digest")).hex());
    }

    private static String require(@Nullable String value, String name) throws Malformed {
        if (value == null) {
            throw new Malformed("this step needs " + name);
        }
        return value;
    }
}
