package dev.parley.web.testing;

import dev.parley.policy.bundle.Budget;
import dev.parley.protocol.crypto.OpeningKey;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.crypto.SigningKey;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.release.Grant;
import dev.parley.protocol.room.DatasetId;
import dev.parley.protocol.room.DatasetVersion;
import dev.parley.protocol.room.LineageId;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.room.PolicyDigest;
import dev.parley.protocol.room.QueryDigest;
import dev.parley.protocol.room.RoomId;
import dev.parley.protocol.room.TemplateId;
import dev.parley.web.budget.Reservation;
import dev.parley.web.budget.Terms;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Reservations as a ledger sees them; all right until a test says otherwise. */
public record Promises(
        String query, String room, long cost, boolean exact, Optional<Integer> runsPerDay, List<Budget> budgets) {
    private static final SigningKey BROKER = SigningKey.generate(new SecureRandom());
    private static final OpeningKey ENCLAVE = OpeningKey.generate(new SecureRandom());
    private static final PartyId PARTY = new PartyId("retailer");
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** Costs {@code cost} of one lineage with a lifetime budget. */
    public static Promises of(String query, long cost, LineageId lineage, long total) {
        return new Promises(
                query,
                "room",
                cost,
                false,
                Optional.empty(),
                List.of(new Budget(lineage, total, Budget.Period.LIFETIME)));
    }

    public Promises in(String otherRoom) {
        return new Promises(query, otherRoom, cost, exact, runsPerDay, budgets);
    }

    public Promises exactly() {
        return new Promises(query, room, 0, true, runsPerDay, budgets);
    }

    public Promises atMostADay(int runs) {
        return new Promises(query, room, cost, exact, Optional.of(runs), budgets);
    }

    public Promises from(Budget... others) {
        return new Promises(query, room, cost, exact, runsPerDay, List.of(others));
    }

    /** A new grant for a new run request. */
    public Reservation at(Instant now) {
        var wish = COUNT.incrementAndGet();
        return at(now, Bytes.utf8("request %8d".formatted(wish)), wish);
    }

    public Reservation at(Instant now, Bytes requestId, int wish) {
        var lineages = budgets.stream().map(Budget::lineage).toList();
        var grant = new Grant(
                PARTY,
                new Grant.Run(
                        Sha384Digest.of(Bytes.utf8("run request " + wish)),
                        new QueryDigest(Sha384Digest.of(Bytes.utf8(query))),
                        new PolicyDigest(Sha384Digest.of(Bytes.utf8("policy")))),
                ENCLAVE.sealingKey(),
                commitment("own seed of " + query),
                new Grant.Charge(cost, lineages),
                now.plus(Duration.ofMinutes(5)));
        return new Reservation(
                grant,
                new Reservation.Subject(new RoomId(room), new TemplateId("template"), PARTY, requestId),
                List.of(new DatasetVersion(new DatasetId("data"), 1, commitment("manifest"))),
                Map.of(PARTY, BROKER.verificationKey()),
                new Terms(
                        exact,
                        3,
                        runsPerDay,
                        budgets.stream().collect(java.util.stream.Collectors.toMap(Budget::lineage, b -> b))));
    }

    public static Sha384Digest commitment(String seeds) {
        return Sha384Digest.of(Bytes.utf8(seeds));
    }
}
