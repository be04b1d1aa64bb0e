package dev.parley.web.budget;

import dev.parley.policy.bundle.Floors;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.room.LineageId;
import dev.parley.web.database.Sql;
import dev.parley.web.database.Transactions;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * The ledger in the party's own database. Writers take turns: a broker grants a few times a second, and rules that count
 * across lineages, queries and runners at once are only right if nobody else writes meanwhile. The table's own checks are
 * the second net.
 */
@Singleton
public final class PostgresLedger implements BudgetLedger {
    private static final long TURN = 0x7061726c6579L;
    private static final Duration KEPT_AFTER_LAPSE = Duration.ofDays(1);

    private final Transactions transactions;

    public PostgresLedger(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Optional<LedgerRefusal> reserve(Reservation reservation, Instant now) {
        return transactions.run(connection -> {
            takeTurn(connection);
            var rules = new LedgerRules(connection, reservation, now);
            var cost = rules.costOfReserving();
            var refusal = rules.requestReused() ? Optional.of(LedgerRefusal.RUN_REQUEST_REUSED) : rules.refusal(cost);
            if (refusal.isEmpty()) {
                insert(connection, reservation, cost, now);
            }
            return refusal;
        });
    }

    @Override
    public Optional<Reservation> reservation(Sha384Digest grant) {
        return transactions.run(
                connection -> Sql.of(connection, "select body from reservation where grant_digest = ?", grant.hex())
                        .first(row -> ReservationText.parse(row.getString("body"))));
    }

    @Override
    public Optional<LedgerRefusal> charge(Reservation reservation, Sha384Digest seedCommitments, Instant now) {
        return transactions.run(connection -> {
            takeTurn(connection);
            var chargedWith =
                    Sql.of(connection, """
                            select coalesce(charged_with, '') from reservation
                            where grant_digest = ? and expires_at > ?""", reservation.id().hex(), now).first(row -> row.getString(1));
            if (chargedWith.equals(Optional.of(seedCommitments.hex()))) {
                return Optional.empty();
            }
            // A grant is good for the grants of one moment: with another party's newer seed it needs a new one.
            if (!chargedWith.equals(Optional.of(""))) {
                return Optional.of(LedgerRefusal.RESERVATION_LAPSED);
            }
            var rules = new LedgerRules(connection, reservation, now);
            var cost = rules.costOfCharging(seedCommitments);
            var refusal = rules.refusal(cost);
            if (refusal.isEmpty()) {
                enter(connection, reservation, seedCommitments, cost, now);
            }
            return refusal;
        });
    }

    private static void takeTurn(Connection connection) throws SQLException {
        Sql.of(connection, "select pg_advisory_xact_lock(?)", TURN).all(row -> true);
    }

    private static void insert(Connection connection, Reservation reservation, long cost, Instant now)
            throws SQLException {
        Sql.of(connection, """
                        delete from reservation where charged_with is null and expires_at < ?""", now.minus(KEPT_AFTER_LAPSE)).update();
        var grant = reservation.grant();
        var subject = reservation.subject();
        Sql.of(
                        connection,
                        "insert into run_request values (?, ?, ?) on conflict do nothing",
                        subject.runner().value(),
                        subject.requestId().base64Url(),
                        grant.run().runRequest().hex())
                .update();
        Sql.of(
                        connection,
                        "insert into reservation values (?, ?, ?, ?, ?, null) on conflict do nothing",
                        reservation.id().hex(),
                        reservation.query().hex(),
                        cost,
                        grant.expires(),
                        ReservationText.print(reservation))
                .update();
        for (var lineage : grant.charge().lineages()) {
            Sql.of(
                            connection,
                            "insert into reservation_lineage values (?, ?) on conflict do nothing",
                            reservation.id().hex(),
                            lineage.value())
                    .update();
        }
    }

    private static void enter(
            Connection connection, Reservation reservation, Sha384Digest seedCommitments, long cost, Instant now)
            throws SQLException {
        var query = reservation.query().hex();
        var again = Sql.of(
                        connection,
                        "update charge set releases = releases + 1 where query = ? and seed_commitments = ?",
                        query,
                        seedCommitments.hex())
                .update();
        if (again == 0) {
            insertCharge(connection, reservation, seedCommitments, cost, now);
        }
        if (reservation.terms().exact()) {
            for (var lineage : reservation.grant().charge().lineages()) {
                Sql.of(
                                connection,
                                "insert into exact_query values (?, ?) on conflict do nothing",
                                lineage.value(),
                                query)
                        .update();
            }
        }
        countRun(connection, reservation, now);
        Sql.of(
                        connection,
                        "update reservation set charged_with = ? where grant_digest = ?",
                        seedCommitments.hex(),
                        reservation.id().hex())
                .update();
    }

    private static void insertCharge(
            Connection connection, Reservation reservation, Sha384Digest seedCommitments, long cost, Instant now)
            throws SQLException {
        var query = reservation.query().hex();
        Sql.of(
                        connection,
                        "insert into charge values (?, ?, ?, ?, ?, ?, ?, 1)",
                        query,
                        seedCommitments.hex(),
                        reservation.grant().seedCommitment().hex(),
                        reservation.room().value(),
                        reservation.subject().template().value(),
                        cost,
                        now)
                .update();
        for (var lineage : reservation.grant().charge().lineages()) {
            Sql.of(
                            connection,
                            "insert into charge_lineage values (?, ?, ?)",
                            query,
                            seedCommitments.hex(),
                            lineage.value())
                    .update();
            spend(connection, lineage, cost, now);
        }
    }

    private static void spend(Connection connection, LineageId lineage, long cost, Instant now) throws SQLException {
        var year = now.atOffset(ZoneOffset.UTC).getYear();
        var spent = Sql.of(connection, """
                        insert into spending values (?, ?, ?)
                        on conflict (lineage, year) do update
                        set micro_epsilon = spending.micro_epsilon + excluded.micro_epsilon
                        where spending.micro_epsilon + excluded.micro_epsilon <= ?""", lineage.value(), year, cost, Floors.MAX_MICRO_EPSILON)
                .update();
        if (spent != 1) {
            throw new IllegalStateException("a charge passed the rules but not the floor of the year");
        }
    }

    private static void countRun(Connection connection, Reservation reservation, Instant now) throws SQLException {
        Sql.of(
                        connection,
                        """
                        insert into runner_day values (?, ?, ?, 1)
                        on conflict (room, runner, day) do update set releases = runner_day.releases + 1""",
                        reservation.room().value(),
                        reservation.subject().runner().value(),
                        LocalDate.ofInstant(now, ZoneOffset.UTC))
                .update();
    }
}
