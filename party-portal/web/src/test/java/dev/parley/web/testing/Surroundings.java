package dev.parley.web.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Starts PostgreSQL and the issuer on free loopback ports. {@link TestKeys} are what the portal unlocks. */
public final class Surroundings implements QuarkusTestResourceLifecycleManager {
    private @Nullable EmbeddedPostgres postgres;
    private @Nullable TestIssuer issuer;

    @Override
    public Map<String, String> start() {
        try {
            var folder = Files.createTempDirectory(TestCluster.work(), "web");
            postgres = EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(
                            TestCluster.work().resolve("postgres").toFile())
                    .setDataDirectory(folder.resolve("data"))
                    .setServerConfig("fsync", "off")
                    .start();
            issuer = TestIssuer.start();
            var settings = new HashMap<>(issuer.settings());
            settings.put("quarkus.datasource.jdbc.url", postgres.getJdbcUrl("postgres", "postgres"));
            settings.put("quarkus.datasource.username", "postgres");
            settings.put("quarkus.datasource.password", "postgres");
            settings.put("parley.party", "retailer");
            settings.put("parley.keys.folder", folder.resolve("keys").toString());
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
