package dev.parley.local.postgres;

import static java.util.Objects.requireNonNull;

import dev.parley.local.state.Secret;
import java.util.Map;

/** A database and the one role that may use it; no superuser. */
public record Database(String jdbcUrl, String user, Secret password) {
    public Database {
        requireNonNull(jdbcUrl);
        requireNonNull(user);
        requireNonNull(password);
    }

    /** What a Quarkus service reads from its environment. */
    public Map<String, String> environment() {
        return Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL", jdbcUrl,
                "QUARKUS_DATASOURCE_USERNAME", user,
                "QUARKUS_DATASOURCE_PASSWORD", password.reveal());
    }
}
