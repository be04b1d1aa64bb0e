package dev.parley.enclave.engine;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/**
 * A database in memory that can neither read nor write anything outside, nor be talked into it later. The order matters:
 * the last setting forbids all others.
 */
final class LockedDatabase {
    private static final List<String> LOCKDOWN = List.of(
            "SET temp_directory = ''",
            "SET max_temp_directory_size = '0KB'",
            "SET autoinstall_known_extensions = false",
            "SET autoload_known_extensions = false",
            "SET allow_community_extensions = false",
            "SET allow_persistent_secrets = false",
            "SET enable_external_file_cache = false",
            "SET disabled_filesystems = 'LocalFileSystem'",
            "SET enable_external_access = false",
            "SET lock_configuration = true");

    private LockedDatabase() {}

    static Connection open(EngineSettings settings) throws SQLException {
        var connection = DriverManager.getConnection("jdbc:duckdb:");
        try (var statement = connection.createStatement()) {
            statement.execute("SET threads = " + settings.threads());
            // Bytes, so that no unit is misread.
            statement.execute("SET memory_limit = '" + settings.memoryBytes() + "B'");
            for (var setting : LOCKDOWN) {
                statement.execute(setting);
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }
}
