package dev.parley.server.runs;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.wire.ReceiptView;
import dev.parley.protocol.wire.RunPage;
import dev.parley.protocol.wire.RunState;
import dev.parley.protocol.wire.RunView;
import dev.parley.server.http.ProblemCode;
import dev.parley.server.http.Refused;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Runs, as the parties concerned may see them: who asked, who receives, whose data is used. */
@ApplicationScoped
public class Runs {
    private final StatelessSession session;

    Runs(StatelessSession session) {
        this.session = session;
    }

    /** Newest first; {@code cursor} is what the page before gave. */
    @Transactional
    public RunPage page(PartyId party, @Nullable String room, @Nullable String cursor, int limit) throws Malformed {
        var found = session.createNativeQuery("""
                        select r.* from run r join run_party p on p.run = r.id
                        where p.party = :party and r.seq < :before and (:room = '' or r.room = :room)
                        order by r.seq desc limit :limit
                        """, StoredRun.class)
                .setParameter("party", party.value())
                .setParameter("before", cursor == null ? Long.MAX_VALUE : decode(cursor))
                .setParameter("room", room == null ? "" : room)
                .setParameter("limit", limit + 1)
                .getResultList();
        var page = found.subList(0, Math.min(limit, found.size()));
        return new RunPage(
                page.stream().map(StoredRun::view).toList(), found.size() > limit ? encode(page.getLast().seq) : null);
    }

    @Transactional
    public RunView view(UUID run, PartyId party) {
        return require(run, party).view();
    }

    @Transactional
    public ReceiptView receipt(UUID run, PartyId party) {
        var answered = delivered(require(run, party));
        var row = session.createNativeQuery("select receipt, evidence from receipt where run = :run", Object[].class)
                .setParameter("run", answered.id)
                .getSingleResult();
        return new ReceiptView(base64Url(row[0]), base64Url(row[1]), answered.request);
    }

    /** The result that is sealed to this party; another recipient's is not there. */
    @Transactional
    public byte[] result(UUID run, PartyId recipient) {
        var stored = require(run, recipient);
        if (!isRecipient(run, recipient)) {
            throw Refused.notFound();
        }
        return session
                .createNativeQuery(
                        "select sealed from sealed_result where run = :run and recipient = :recipient", byte[].class)
                .setParameter("run", delivered(stored).id)
                .setParameter("recipient", recipient.value())
                .getResultList()
                .stream()
                .findFirst()
                .orElseThrow(Refused::notFound);
    }

    private StoredRun require(UUID id, PartyId party) {
        return session
                .createNativeQuery(
                        "select r.* from run r join run_party p on p.run = r.id where r.id = :id and p.party = :party",
                        StoredRun.class)
                .setParameter("id", id)
                .setParameter("party", party.value())
                .getResultList()
                .stream()
                .findFirst()
                .orElseThrow(Refused::notFound);
    }

    private StoredRun delivered(StoredRun run) {
        if (run.state != RunState.DELIVERED) {
            throw Refused.with(ProblemCode.RUN_NOT_DELIVERED, "the run is " + run.state);
        }
        var answered = session.get(StoredRun.class, run.answeredBy());
        if (answered == null) {
            throw new IllegalStateException("a repeat refers to a run that is there");
        }
        return answered;
    }

    private boolean isRecipient(UUID run, PartyId party) {
        List<Boolean> found = session.createNativeQuery(
                        "select recipient from run_party where run = :run and party = :party", Boolean.class)
                .setParameter("run", run)
                .setParameter("party", party.value())
                .getResultList();
        return found.contains(true);
    }

    private static String base64Url(Object column) {
        return Bytes.takeOwnershipOf((byte[]) column).base64Url();
    }

    private static String encode(long seq) {
        return Bytes.takeOwnershipOf(
                        ByteBuffer.allocate(Long.BYTES).putLong(seq).array())
                .base64Url();
    }

    private static long decode(String cursor) throws Malformed {
        var bytes = Bytes.parseBase64Url(cursor);
        if (bytes.size() != Long.BYTES) {
            throw new Malformed("cursor is not one of this API's");
        }
        return bytes.asBuffer().getLong();
    }
}
