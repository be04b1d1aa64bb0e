package dev.parley.web.database;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Runs work in one transaction each: all of it or, at any exception, nothing. */
@Singleton
public final class Transactions {
    private final DataSource database;

    public Transactions(DataSource database) {
        this.database = database;
    }

    /** What is done in one transaction. */
    @FunctionalInterface
    public interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    public <T> T run(Work<T> work) {
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                var result = work.in(connection);
                connection.commit();
                return result;
            } finally {
                // Without effect after the commit.
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            // The message may quote values: the state alone says what went wrong.
            throw new IllegalStateException("database refused with state " + e.getSQLState());
        }
    }
}
