package dev.parley.local.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.local.process.Children;
import dev.parley.local.state.Ports;
import dev.parley.local.state.StateFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PostgresClusterTest {
    private static final Path CACHE = Path.of("target", "postgres").toAbsolutePath();

    @TempDir
    Path temporary;

    private final Children children = Children.endingWithThisJvm();
    private PostgresCluster cluster;
    private StateFolder folder;

    @BeforeEach
    void start() throws Exception {
        var state = StateFolder.open(temporary.resolve("state"));
        folder = state.folder("operator");
        var binaries = PostgresBinaries.unpackedIn(CACHE);
        cluster = PostgresCluster.start(binaries, folder, Ports.of(state).of("operator"), children);
    }

    @AfterEach
    void stop() {
        children.close();
    }

    @Test
    void keepsItsDataOverARestart() throws Exception {
        var database = cluster.database("parley");
        execute(database, "CREATE TABLE kept (word text)", "INSERT INTO kept VALUES ('still here')");

        cluster.stop();
        cluster.start();

        try (var connection = connect(cluster.database("parley"));
                var rows = connection.createStatement().executeQuery("SELECT word FROM kept")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("still here");
        }
    }

    @Test
    void refusesConnectionsWithoutThePassword() throws Exception {
        var database = cluster.database("parley");

        assertThatThrownBy(() -> DriverManager.getConnection(database.jdbcUrl(), "parley", "guessed"))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        refused -> assertThat(refused.getSQLState()).isEqualTo("28P01"));
        assertThatThrownBy(() -> DriverManager.getConnection(database.jdbcUrl(), "postgres", "postgres"))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void givesTheApplicationARoleThatRulesOverNothingElse() throws Exception {
        var database = cluster.database("parley");

        assertThatThrownBy(() -> execute(database, "CREATE ROLE other")).isInstanceOf(SQLException.class);
    }

    @Test
    void keepsPasswordsReadableByTheirOwnerAlone() throws Exception {
        cluster.database("parley");

        for (var name : new String[] {"superuser.password", "parley.password"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.file(name))))
                    .isEqualTo("rw-------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cluster.dataFolder())))
                .isEqualTo("rwx------");
    }

    private static void execute(Database database, String... statements) throws SQLException {
        try (var connection = connect(database);
                var statement = connection.createStatement()) {
            for (var each : statements) {
                statement.execute(each);
            }
        }
    }

    private static Connection connect(Database database) throws SQLException {
        return DriverManager.getConnection(
                database.jdbcUrl(), database.user(), database.password().reveal());
    }
}
