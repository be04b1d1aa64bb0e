package dev.parley.web.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.policy.bundle.Budget;
import dev.parley.policy.bundle.Budget.Period;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.room.LineageId;
import dev.parley.web.testing.Promises;
import dev.parley.web.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The rules of the ledger, on a real database. Each test has people of its own. */
class PostgresLedgerTest {
    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final PostgresLedger ledger = new PostgresLedger(DATABASE.transactions());
    private final int test = COUNT.incrementAndGet();
    private final LineageId people = new LineageId("people-" + test);

    @AfterAll
    static void stop() {
        DATABASE.close();
    }

    @Test
    void setsAsideUntilTheGrantExpires() {
        var first = query("a", 600).at(NOW);
        assertThat(ledger.reserve(first, NOW)).isEmpty();

        assertThat(ledger.reserve(query("b", 600).at(NOW), NOW)).contains(LedgerRefusal.BUDGET_EXHAUSTED);
        var later = NOW.plus(Duration.ofMinutes(5));
        assertThat(ledger.reserve(query("b", 600).at(later), later)).isEmpty();
        assertThat(charge(first, "seeds", later)).contains(LedgerRefusal.RESERVATION_LAPSED);
    }

    @Test
    void neverGivesBackWhatWasCharged() {
        reserveAndCharge(query("a", 600), "seeds", NOW);

        var later = NOW.plus(Duration.ofDays(400));
        assertThat(ledger.reserve(query("b", 600).at(later), later)).contains(LedgerRefusal.BUDGET_EXHAUSTED);
        assertThat(ledger.reserve(query("b", 400).at(later), later)).isEmpty();
    }

    @Test
    void chargesTheSameQueryWithTheSameSeedsOnce() {
        reserveAndCharge(query("a", 1_000), "seeds", NOW);

        reserveAndCharge(query("a", 1_000), "seeds", NOW);

        assertThat(ledger.reserve(query("b", 1).at(NOW), NOW)).contains(LedgerRefusal.BUDGET_EXHAUSTED);
    }

    /** Another party's new seed is new noise: it costs anew, and if nothing is left it is not released. */
    @Test
    void chargesTheSameQueryAnewForNewSeeds() {
        reserveAndCharge(query("a", 600), "seeds", NOW);
        var again = query("a", 600).at(NOW);

        assertThat(ledger.reserve(again, NOW)).isEmpty();
        assertThat(charge(again, "other seeds", NOW)).contains(LedgerRefusal.BUDGET_EXHAUSTED);
    }

    @Test
    void countsAReservedQueryOnceHoweverManyEnclavesTryIt() {
        assertThat(ledger.reserve(query("a", 600).at(NOW), NOW)).isEmpty();
        assertThat(ledger.reserve(query("a", 600).at(NOW), NOW)).isEmpty();

        assertThat(ledger.reserve(query("b", 401).at(NOW), NOW)).contains(LedgerRefusal.BUDGET_EXHAUSTED);
        assertThat(ledger.reserve(query("b", 400).at(NOW), NOW)).isEmpty();
    }

    /** BUD-5: another room, an edited policy with a larger budget, a new version: the people are the same. */
    @Test
    void remembersWhatPeopleLostInOtherRoomsAndUnderOtherPolicies() {
        reserveAndCharge(query("a", 800), "seeds", NOW);

        assertThat(ledger.reserve(query("b", 300).in("second-room").at(NOW), NOW))
                .contains(LedgerRefusal.BUDGET_EXHAUSTED);
        var generous = query("b", 300).from(new Budget(people, 1_100, Period.LIFETIME));
        assertThat(ledger.reserve(generous.at(NOW), NOW)).isEmpty();
    }

    @Test
    void startsAYearlyBudgetAnewWithTheYear() {
        var yearly = new Budget(people, 1_000, Period.YEAR);
        reserveAndCharge(query("a", 1_000).from(yearly), "seeds", NOW);

        var december = Instant.parse("2026-12-31T23:59:59Z");
        var january = Instant.parse("2027-01-01T00:00:00Z");
        assertThat(ledger.reserve(query("b", 1).from(yearly).at(december), december))
                .contains(LedgerRefusal.BUDGET_EXHAUSTED);
        assertThat(ledger.reserve(query("b", 1_000).from(yearly).at(january), january))
                .isEmpty();
    }

    @Test
    void letsNoPolicyPassEpsilonTwentyAYear() {
        var most = new Budget(people, 20_000_000, Period.YEAR);
        reserveAndCharge(query("a", 15_000_000).from(most), "seeds", NOW);
        reserveAndCharge(query("b", 5_000_000).from(most), "seeds", NOW);

        assertThat(ledger.reserve(query("c", 1).from(most).at(NOW), NOW)).contains(LedgerRefusal.BUDGET_EXHAUSTED);
    }

    @Test
    void chargesEveryLineageOrNone() {
        var others = new LineageId("others-" + test);
        var both = query("a", 600).from(budget(people, 1_000), budget(others, 500));

        assertThat(ledger.reserve(both.at(NOW), NOW)).contains(LedgerRefusal.BUDGET_EXHAUSTED);
        assertThat(ledger.reserve(query("b", 1_000).at(NOW), NOW)).isEmpty();
    }

    @Test
    void chargesNothingWithoutABudget() {
        var stateless = new Promises("query " + test, "room", 1, false, Optional.empty(), java.util.List.of());
        assertThat(ledger.reserve(stateless.at(NOW), NOW)).isEmpty();

        var unstated = query("a", 1).at(NOW);
        var terms = new Terms(false, 3, Optional.empty(), java.util.Map.of());
        var without =
                new Reservation(unstated.grant(), unstated.subject(), unstated.datasets(), unstated.brokers(), terms);
        assertThat(ledger.reserve(without, NOW)).contains(LedgerRefusal.BUDGET_EXHAUSTED);
    }

    @Test
    void limitsReleasesOfOneQueryAndCountsARepeatedCommitOnce() {
        for (var i = 0; i < 3; i++) {
            var promised = query("a", 1).at(NOW);
            assertThat(ledger.reserve(promised, NOW)).isEmpty();
            assertThat(charge(promised, "seeds", NOW)).isEmpty();
            assertThat(charge(promised, "seeds", NOW)).isEmpty();
        }

        assertThat(ledger.reserve(query("a", 1).at(NOW), NOW)).contains(LedgerRefusal.RELEASES_EXHAUSTED);
    }

    @Test
    void limitsReleasesOfOneRunnerInOneDay() {
        var room = "room-" + test;
        reserveAndCharge(query("a", 1).in(room).atMostADay(2), "seeds", NOW);
        reserveAndCharge(query("b", 1).in(room).atMostADay(2), "seeds", NOW);

        assertThat(ledger.reserve(query("c", 1).in(room).atMostADay(2).at(NOW), NOW))
                .contains(LedgerRefusal.RUNS_PER_DAY_EXHAUSTED);
        var tomorrow = Instant.parse("2026-06-02T00:00:00Z");
        assertThat(ledger.reserve(query("c", 1).in(room).atMostADay(2).at(tomorrow), tomorrow))
                .isEmpty();
    }

    @Test
    void releasesOneExactQueryForALineage() {
        var first = query("a", 1).exactly();
        var second = query("b", 1).exactly();
        var promisedFirst = first.at(NOW);
        var promisedSecond = second.at(NOW);
        assertThat(ledger.reserve(promisedFirst, NOW)).isEmpty();
        assertThat(ledger.reserve(promisedSecond, NOW)).isEmpty();

        assertThat(charge(promisedFirst, "seeds", NOW)).isEmpty();
        assertThat(charge(promisedSecond, "seeds", NOW)).contains(LedgerRefusal.GUARD_REQUIRED);
        assertThat(ledger.reserve(second.at(NOW), NOW)).contains(LedgerRefusal.GUARD_REQUIRED);
        assertThat(ledger.reserve(first.at(NOW), NOW)).isEmpty();
        assertThat(ledger.reserve(query("c", 1).at(NOW), NOW)).isEmpty();
    }

    @Test
    void takesOneIdForOneWishAlone() {
        var id = Bytes.utf8("one id of " + test);
        assertThat(ledger.reserve(query("a", 1).at(NOW, id, 1_000_000 + test), NOW))
                .isEmpty();

        assertThat(ledger.reserve(query("a", 1).at(NOW, id, 1_000_000 + test), NOW))
                .isEmpty();
        assertThat(ledger.reserve(query("b", 1).at(NOW, id, 2_000_000 + test), NOW))
                .contains(LedgerRefusal.RUN_REQUEST_REUSED);
    }

    @Test
    void findsAReservationAsItWasMade() {
        var promised = query("a", 7).atMostADay(5).at(NOW);
        ledger.reserve(promised, NOW);

        assertThat(ledger.reservation(promised.id())).contains(promised);
        assertThat(ledger.reservation(query("z", 1).at(NOW).id())).isEmpty();
    }

    private Promises query(String name, long cost) {
        return Promises.of(name + " of " + test, cost, people, 1_000);
    }

    private static Budget budget(LineageId lineage, long total) {
        return new Budget(lineage, total, Period.LIFETIME);
    }

    private void reserveAndCharge(Promises promises, String seeds, Instant now) {
        var reservation = promises.at(now);
        assertThat(ledger.reserve(reservation, now)).isEmpty();
        assertThat(charge(reservation, seeds, now)).isEmpty();
    }

    private Optional<LedgerRefusal> charge(Reservation reservation, String seeds, Instant now) {
        return ledger.charge(reservation, Promises.commitment(seeds), now);
    }
}
