package dev.parley.web.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One statement with its values. */
public final class Sql {
    private final Connection connection;
    private final String text;
    private final List<Object> values;

    private Sql(Connection connection, String text, List<Object> values) {
        this.connection = connection;
        this.text = text;
        this.values = values;
    }

    /** How one row is read. */
    @FunctionalInterface
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /**
     * To be run on this connection.
     *
     * @param values in the order of the question marks; instants become timestamps
     */
    public static Sql of(Connection connection, String text, Object... values) {
        return new Sql(connection, text, List.of(values));
    }

    /** Changes rows, and tells how many. */
    public int update() throws SQLException {
        try (var statement = prepare()) {
            return statement.executeUpdate();
        }
    }

    public <T> List<T> all(Row<T> reader) throws SQLException {
        try (var statement = prepare();
                var rows = statement.executeQuery()) {
            List<T> all = new ArrayList<>();
            while (rows.next()) {
                all.add(reader.read(rows));
            }
            return List.copyOf(all);
        }
    }

    public <T> Optional<T> first(Row<T> reader) throws SQLException {
        return all(reader).stream().findFirst();
    }

    /** The first column of the one row that an aggregate has. */
    public long number() throws SQLException {
        return first(row -> row.getLong(1)).orElse(0L);
    }

    public static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, java.time.OffsetDateTime.class).toInstant();
    }

    private PreparedStatement prepare() throws SQLException {
        var statement = connection.prepareStatement(text);
        for (var i = 0; i < values.size(); i++) {
            var value = values.get(i);
            statement.setObject(i + 1, value instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : value);
        }
        return statement;
    }
}
