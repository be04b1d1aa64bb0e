package dev.parley.web.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;

/** A PostgreSQL on files of its own, with the portal's tables; it can be stopped and started on the same files. */
final class TestCluster implements AutoCloseable {
    private static final String ADMIN = "postgres";
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final Path data;
    private final EmbeddedPostgres postgres;

    private TestCluster(Path data, EmbeddedPostgres postgres) {
        this.data = data;
        this.postgres = postgres;
    }

    /** One for all tests of this process that need no restart; it ends with the process. */
    private static final class Shared {
        static final TestCluster CLUSTER = create();
    }

    static TestCluster shared() {
        return Shared.CLUSTER;
    }

    static TestCluster create() {
        try {
            var cluster = start(Files.createTempDirectory(work(), "cluster").resolve("data"));
            Flyway.configure()
                    .dataSource(cluster.url("template1"), ADMIN, ADMIN)
                    .load()
                    .migrate();
            return cluster;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TestCluster start(Path data) throws IOException {
        var postgres = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(work().resolve("postgres").toFile())
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("max_connections", "300")
                .setServerConfig("fsync", "off")
                .start();
        return new TestCluster(data, postgres);
    }

    static Path work() throws IOException {
        return Files.createDirectories(Path.of("target", "surroundings").toAbsolutePath());
    }

    /** A database with empty tables. */
    String newDatabase() {
        var name = "test_" + DATABASES.incrementAndGet();
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
            return name;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    String url(String database) {
        return postgres.getJdbcUrl(ADMIN, database);
    }

    TestCluster restart() {
        close();
        try {
            return start(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
