package dev.parley.local.postgres;

import dev.parley.local.process.Child;
import dev.parley.local.process.Children;
import dev.parley.local.process.Launch;
import dev.parley.local.process.Launch.StopSignal;
import dev.parley.local.process.StartFailed;
import dev.parley.local.state.Secret;
import dev.parley.local.state.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL cluster in a folder of its own. Its data outlive it: a cluster on the same folder goes on with them. */
public final class PostgresCluster {
    private static final String SUPERUSER = "postgres";

    private final PostgresBinaries binaries;
    private final StateFolder folder;
    private final int port;
    private final Children children;
    private final Secret password;
    private @Nullable Child server;

    private PostgresCluster(
            PostgresBinaries binaries, StateFolder folder, int port, Children children, Secret password) {
        this.binaries = binaries;
        this.folder = folder;
        this.port = port;
        this.children = children;
        this.password = password;
    }

    /** Starts the cluster of that folder; an empty folder becomes a new one. */
    public static PostgresCluster start(PostgresBinaries binaries, StateFolder folder, int port, Children children)
            throws IOException, StartFailed, InterruptedException {
        var password = folder.secret("superuser.password", new SecureRandom());
        var cluster = new PostgresCluster(binaries, folder, port, children, password);
        cluster.start();
        return cluster;
    }

    /** The files of the cluster, for copies and restores while it is stopped. */
    public Path dataFolder() {
        return folder.file("data");
    }

    /** The database of that name, owned by a role of the same name; both are made at the first use. */
    public Database database(String name) throws IOException {
        if (!name.matches("[a-z][a-z0-9_]*")) {
            throw new IllegalArgumentException("not a database name: " + name);
        }
        var secret = folder.secret(name + ".password", new SecureRandom());
        try (var connection = connect()) {
            if (!exists(connection, name)) {
                create(connection, name, secret);
            }
        } catch (SQLException failed) {
            throw new IOException("cannot make database " + name + " (SQL state " + failed.getSQLState() + ")", failed);
        }
        return new Database(url(name), name, secret);
    }

    /** Stops the server in order. It can be started again. */
    public synchronized void stop() {
        if (server != null) {
            children.stop(server);
            server = null;
        }
    }

    /** Starts the server again after {@link #stop}. */
    public synchronized void start() throws IOException, StartFailed, InterruptedException {
        if (server != null) {
            throw new IllegalStateException("the cluster runs");
        }
        if (!Files.exists(dataFolder().resolve("PG_VERSION"))) {
            initialise();
        }
        server = children.start(
                Launch.of("postgres of " + folder.path().getFileName(), serverLine(), folder.file("postgres.log"))
                        .stoppedBy(StopSignal.INT),
                this::answers);
    }

    private List<String> serverLine() {
        var line = program("postgres", "-D", dataFolder().toString());
        for (var setting : List.of(
                "port=" + port,
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "max_connections=60",
                "shared_buffers=32MB",
                // A statement may carry metadata of a party; the log stays free of it.
                "log_min_error_statement=panic",
                "log_statement=none")) {
            line.add("-c");
            line.add(setting);
        }
        return line;
    }

    private void initialise() throws IOException, InterruptedException {
        folder.remove("data");
        var line = program(
                "initdb",
                "--pgdata=" + dataFolder(),
                "--username=" + SUPERUSER,
                "--auth=scram-sha-256",
                "--pwfile=" + folder.file("superuser.password"),
                "--encoding=UTF8",
                "--locale=C",
                "--data-checksums",
                "--no-instructions",
                // A cut power supply during the first second costs a cluster that holds nothing yet.
                "--no-sync");
        var initdb = children.start(Launch.of("initdb", line, folder.file("initdb.log")));
        int exit = initdb.await();
        children.stop(initdb);
        if (exit != 0) {
            throw new IOException("initdb ended with exit code " + exit + "; see " + folder.file("initdb.log"));
        }
    }

    private List<String> program(String name, String... arguments) {
        var line = new ArrayList<>(PostgresBinaries.notAsRoot());
        line.add(binaries.program(name).toString());
        line.addAll(List.of(arguments));
        return line;
    }

    private boolean answers() {
        try (var connection = connect()) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }

    private Connection connect() throws SQLException {
        var login = new Properties();
        login.setProperty("user", SUPERUSER);
        login.setProperty("password", password.reveal());
        return DriverManager.getConnection(url("postgres"), login);
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private static boolean exists(Connection connection, String database) throws SQLException {
        try (var query = connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
            query.setString(1, database);
            return query.executeQuery().next();
        }
    }

    /** Names are checked and the password is base64url: nothing to escape, which CREATE could not take as parameter. */
    private static void create(Connection connection, String name, Secret secret) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("DROP ROLE IF EXISTS " + name);
            statement.execute("CREATE ROLE " + name + " LOGIN PASSWORD '" + secret.reveal() + "'");
            statement.execute("CREATE DATABASE " + name + " OWNER " + name);
            statement.execute("REVOKE CONNECT ON DATABASE " + name + " FROM PUBLIC");
        }
    }
}
