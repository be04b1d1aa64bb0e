package dev.parley.web.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.room.LineageId;
import dev.parley.web.testing.Promises;
import dev.parley.web.testing.TestDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** BUD-1: of many at once, exactly as many succeed as the budget covers. */
class BudgetRaceTest {
    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final int CALLERS = 120;

    private final PostgresLedger ledger = new PostgresLedger(DATABASE.transactions());

    @AfterAll
    static void stop() {
        DATABASE.close();
    }

    @Test
    void reservesExactlyWhatTheBudgetCovers() throws Exception {
        for (var round = 0; round < 5; round++) {
            var people = new LineageId("reserved-" + round);
            var reservations = distinctQueries("reserve " + round, people);

            var succeeded = atOnce(reservations.stream()
                    .<Callable<Boolean>>map(r -> () -> ledger.reserve(r, NOW).isEmpty())
                    .toList());

            assertThat(succeeded).isEqualTo(10);
        }
    }

    @Test
    void reservesAndChargesExactlyWhatTheBudgetCovers() throws Exception {
        var people = new LineageId("charged");
        var reservations = distinctQueries("charge", people);

        var succeeded = atOnce(reservations.stream()
                .<Callable<Boolean>>map(r -> () -> ledger.reserve(r, NOW).isEmpty()
                        && ledger.charge(r, Promises.commitment("seeds"), NOW).isEmpty())
                .toList());

        assertThat(succeeded).isEqualTo(10);
        assertThat(spent(people)).isEqualTo(1_000_000);
    }

    /** Reservations of one query count once, so their charges with different seeds race for what is left. */
    @Test
    void chargesNewSeedsOfOneQueryOnlyWhileTheBudgetLasts() throws Exception {
        var people = new LineageId("seeds");
        var query = Promises.of("one query", 400_000, people, 1_000_000);
        List<Callable<Boolean>> charges = new ArrayList<>();
        for (var i = 0; i < 50; i++) {
            var reservation = query.at(NOW);
            assertThat(ledger.reserve(reservation, NOW)).isEmpty();
            var seeds = Promises.commitment("seeds " + i);
            charges.add(() -> ledger.charge(reservation, seeds, NOW).isEmpty());
        }

        assertThat(atOnce(charges)).isEqualTo(2);
        assertThat(spent(people)).isEqualTo(800_000);
    }

    private static List<Reservation> distinctQueries(String name, LineageId people) {
        List<Reservation> reservations = new ArrayList<>();
        for (var i = 0; i < CALLERS; i++) {
            reservations.add(
                    Promises.of(name + " " + i, 100_000, people, 1_000_000).at(NOW));
        }
        return reservations;
    }

    private static long spent(LineageId people) {
        return DATABASE.transactions().run(connection -> Spending.ever(connection, people));
    }

    private static long atOnce(List<Callable<Boolean>> calls) throws Exception {
        var start = new CyclicBarrier(calls.size());
        try (var threads = Executors.newFixedThreadPool(calls.size())) {
            var answers = threads.invokeAll(calls.stream()
                    .<Callable<Boolean>>map(call -> () -> {
                        start.await();
                        return call.call();
                    })
                    .toList());
            var succeeded = 0L;
            for (var answer : answers) {
                succeeded += answer.get() ? 1 : 0;
            }
            return succeeded;
        }
    }
}
