package dev.parley.web.budget;

import dev.parley.policy.bundle.Budget;
import dev.parley.policy.bundle.Floors;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.room.LineageId;
import dev.parley.web.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** What must hold for one reservation, asked by whoever has the turn to write. */
final class LedgerRules {
    private final Connection connection;
    private final Reservation reservation;
    private final Instant now;

    LedgerRules(Connection connection, Reservation reservation, Instant now) {
        this.connection = connection;
        this.reservation = reservation;
        this.now = now;
    }

    boolean requestReused() throws SQLException {
        var payload = Sql.of(
                        connection,
                        "select payload from run_request where runner = ? and id = ?",
                        reservation.subject().runner().value(),
                        reservation.subject().requestId().base64Url())
                .first(row -> row.getString(1));
        return payload.isPresent()
                && !payload.get().equals(reservation.grant().run().runRequest().hex());
    }

    /** Nothing for what was charged with this broker's seed; the others' are only known at the commit. */
    long costOfReserving() throws SQLException {
        return costUnlessCharged("own_commitment", reservation.grant().seedCommitment());
    }

    long costOfCharging(Sha384Digest seedCommitments) throws SQLException {
        return costUnlessCharged("seed_commitments", seedCommitments);
    }

    private long costUnlessCharged(String column, Sha384Digest commitment) throws SQLException {
        var charged = Sql.of(
                        connection,
                        "select count(*) from charge where query = ? and " + column + " = ?",
                        reservation.query().hex(),
                        commitment.hex())
                .number();
        return charged > 0 ? 0 : reservation.grant().charge().microEpsilon();
    }

    Optional<LedgerRefusal> refusal(long cost) throws SQLException {
        if (needsGuard()) {
            return Optional.of(LedgerRefusal.GUARD_REQUIRED);
        }
        for (var lineage : reservation.grant().charge().lineages()) {
            if (cost > 0 && !covers(lineage, cost)) {
                return Optional.of(LedgerRefusal.BUDGET_EXHAUSTED);
            }
        }
        if (releases() >= reservation.terms().maxReleases()) {
            return Optional.of(LedgerRefusal.RELEASES_EXHAUSTED);
        }
        var mostRuns = reservation.terms().maxRunsPerDay();
        if (mostRuns.isPresent() && runsToday() >= mostRuns.get()) {
            return Optional.of(LedgerRefusal.RUNS_PER_DAY_EXHAUSTED);
        }
        return Optional.empty();
    }

    private boolean needsGuard() throws SQLException {
        if (!reservation.terms().exact()) {
            return false;
        }
        for (var lineage : reservation.grant().charge().lineages()) {
            var first = Sql.of(connection, "select query from exact_query where lineage = ?", lineage.value())
                    .first(row -> row.getString(1));
            if (first.isPresent() && !first.get().equals(reservation.query().hex())) {
                return true;
            }
        }
        return false;
    }

    private boolean covers(LineageId lineage, long cost) throws SQLException {
        var budget = reservation.terms().budgets().get(lineage);
        if (budget == null) {
            return false;
        }
        var year = now.atOffset(ZoneOffset.UTC).getYear();
        var committed = reservedByOthers(lineage) + cost;
        var spentThisYear = Spending.inYear(connection, lineage, year);
        var spent = budget.period() == Budget.Period.YEAR ? spentThisYear : Spending.ever(connection, lineage);
        return spent + committed <= budget.microEpsilon() && spentThisYear + committed <= Floors.MAX_MICRO_EPSILON;
    }

    /** One query is set aside once, however many enclaves try it: it will be charged once. */
    private long reservedByOthers(LineageId lineage) throws SQLException {
        return Spending.reserved(connection, lineage, reservation.query().hex(), now);
    }

    private long releases() throws SQLException {
        return Sql.of(
                        connection,
                        "select coalesce(sum(releases), 0) from charge where query = ?",
                        reservation.query().hex())
                .number();
    }

    private long runsToday() throws SQLException {
        return Sql.of(
                        connection,
                        "select releases from runner_day where room = ? and runner = ? and day = ?",
                        reservation.room().value(),
                        reservation.subject().runner().value(),
                        LocalDate.ofInstant(now, ZoneOffset.UTC))
                .number();
    }
}
