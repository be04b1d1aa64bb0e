package dev.parley.enclave.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SQL-2: no SQL ever comes from outside; and if it did, the engine could not reach anything. */
class LockedDatabaseTest {
    @TempDir
    static Path folder;

    private static Connection database;

    @BeforeAll
    static void open() throws Exception {
        database = LockedDatabase.open(new EngineSettings(2, 64L << 20));
        Files.writeString(folder.resolve("secret.csv"), "name\ncanary\n");
    }

    @AfterAll
    static void close() throws SQLException {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM read_csv('$/secret.csv')",
                "SELECT * FROM read_text('$/secret.csv')",
                "SELECT * FROM read_blob('$/secret.csv')",
                "SELECT * FROM glob('$/*')",
                "SELECT * FROM sniff_csv('$/secret.csv')",
                "SELECT * FROM parquet_metadata('$/secret.csv')",
                "SELECT * FROM '$/secret.csv'",
                "COPY (SELECT 1) TO '$/out.csv'",
                "COPY (SELECT 1) FROM '$/secret.csv'",
                "ATTACH '$/out.db'",
                "EXPORT DATABASE '$/out'",
                "INSTALL httpfs",
                "LOAD httpfs",
                "LOAD '$/out.duckdb_extension'",
                "SELECT * FROM 'http://127.0.0.1:1/a.csv'",
                "CREATE SECRET (TYPE s3)",
                "SET enable_external_access = true",
                "RESET lock_configuration",
                "PRAGMA enable_profiling",
                "PRAGMA profiling_output = '$/out'",
                "SET enable_profiling = 'json'",
                "SET threads = 4",
                "SELECT getenv('HOME')",
                "SELECT * FROM somewhere",
                "SELECT count(*) FROM (SELECT DISTINCT range, hash(range) FROM range(50000000))"
            })
    void refuses(String sql) {
        var statement = sql.replace("$", folder.toString());

        assertThatThrownBy(() -> execute(statement)).isInstanceOf(SQLException.class);

        assertThat(folder)
                .isDirectoryNotContaining(file -> file.getFileName().toString().startsWith("out"));
    }

    @Test
    void locksEverySetting() throws SQLException {
        List<String> names = new ArrayList<>();
        try (var statement = database.createStatement();
                var rows = statement.executeQuery("SELECT name FROM duckdb_settings()")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }

        assertThat(names).hasSizeGreaterThan(100);
        assertThat(names).allSatisfy(name -> {
            assertThatThrownBy(() -> execute("SET GLOBAL " + name + " = '1'")).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> execute("SET SESSION " + name + " = '1'")).isInstanceOf(SQLException.class);
        });
        // The default schema goes back to the default that it has.
        names.removeAll(List.of("schema", "search_path"));
        assertThat(names)
                .allSatisfy(name ->
                        assertThatThrownBy(() -> execute("RESET " + name)).isInstanceOf(SQLException.class));
    }

    @Test
    void keepsTheLimitsThatItWasGiven() throws SQLException {
        try (var statement = database.createStatement();
                var row = statement.executeQuery(
                        "SELECT current_setting('threads'), current_setting('memory_limit'), current_setting('temp_directory')")) {
            row.next();

            assertThat(row.getInt(1)).isEqualTo(2);
            assertThat(row.getString(2)).isEqualTo("64.0 MiB");
            assertThat(row.getString(3)).isEmpty();
        }
    }

    private static void execute(String sql) throws SQLException {
        try (var statement = database.createStatement()) {
            statement.execute(sql);
        }
    }
}
