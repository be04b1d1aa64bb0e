package dev.parley.server.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Starts PostgreSQL and the issuer on free loopback ports, and gives the server an empty folder. */
public final class Surroundings implements QuarkusTestResourceLifecycleManager {
    /** The one origin whose pages may call the API. */
    public static final String PORTAL = "https://portal.example";

    private @Nullable EmbeddedPostgres postgres;
    private @Nullable TestIssuer issuer;

    @Override
    public Map<String, String> start() {
        try {
            var work = Files.createDirectories(Path.of("target", "surroundings").toAbsolutePath());
            var folder = Files.createTempDirectory(work, "server");
            postgres = EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(work.resolve("postgres").toFile())
                    .setDataDirectory(folder.resolve("data"))
                    .setServerConfig("fsync", "off")
                    .start();
            issuer = TestIssuer.start();
            var settings = new HashMap<>(issuer.settings());
            settings.put("quarkus.datasource.jdbc.url", postgres.getJdbcUrl("postgres", "postgres"));
            settings.put("quarkus.datasource.username", "postgres");
            settings.put("quarkus.datasource.password", "postgres");
            settings.put("parley.objects.folder", folder.resolve("objects").toString());
            settings.put("parley.log.key-file", folder.resolve("log.key").toString());
            settings.put("quarkus.http.cors.origins", PORTAL);
            settings.put("parley.log.origin", "log.example/parley");
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        try {
            if (issuer != null) {
                issuer.stop();
            }
            if (postgres != null) {
                postgres.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
