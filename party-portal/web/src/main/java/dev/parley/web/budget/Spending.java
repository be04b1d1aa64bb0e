package dev.parley.web.budget;

import dev.parley.protocol.room.LineageId;
import dev.parley.web.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/** What a lineage lost, and what is set aside of it, in micro-epsilon. */
final class Spending {
    private Spending() {}

    static long inYear(Connection connection, LineageId lineage, int year) throws SQLException {
        return Sql.of(
                        connection,
                        "select micro_epsilon from spending where lineage = ? and year = ?",
                        lineage.value(),
                        year)
                .number();
    }

    static long ever(Connection connection, LineageId lineage) throws SQLException {
        return Sql.of(
                        connection,
                        "select coalesce(sum(micro_epsilon), 0) from spending where lineage = ?",
                        lineage.value())
                .number();
    }

    /** Of live reservations for other queries than {@code query}, each query once. */
    static long reserved(Connection connection, LineageId lineage, String query, Instant now) throws SQLException {
        return Sql.of(connection, """
                        select coalesce(sum(most), 0) from (
                            select max(micro_epsilon) as most
                            from reservation join reservation_lineage using (grant_digest)
                            where lineage = ? and query <> ? and expires_at > ? and charged_with is null
                            group by query) as by_query""", lineage.value(), query, now).number();
    }
}
