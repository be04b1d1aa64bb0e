package dev.parley.local.room;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** What all services of a room are given alike. */
final class Service {
    private Service() {}

    /** Memory for one machine, and a folder for temporary files inside the domain's own. */
    static String[] jvm(Domain domain) throws IOException {
        return new String[] {
            "-Xms64m",
            "-Xmx512m",
            "-Djava.io.tmpdir=" + domain.folder().folder("tmp").path()
        };
    }

    static Path log(Domain domain, String service) throws IOException {
        return domain.folder().folder("logs").file(service + ".log");
    }

    /** Loopback only; the issuer may still be starting, the service waits for it. */
    static Map<String, String> http(int port, URI issuer) {
        return Map.of(
                "QUARKUS_HTTP_HOST",
                "127.0.0.1",
                "QUARKUS_HTTP_PORT",
                Integer.toString(port),
                "QUARKUS_OIDC_AUTH_SERVER_URL",
                issuer.toString(),
                "QUARKUS_OIDC_CONNECTION_DELAY",
                "3M");
    }
}
