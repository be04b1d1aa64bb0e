package dev.parley.local.room;

import dev.parley.local.process.Child;
import dev.parley.local.process.Children;
import dev.parley.local.process.JavaCommand;
import dev.parley.local.process.Launch;
import dev.parley.local.process.Readiness;
import dev.parley.local.process.StartFailed;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A server of a trust domain: a JVM on loopback with that domain's database and issuer. It can be stopped, killed, and
 * started again on the same data and address.
 */
public final class Service {
    private final String name;
    private final Domain domain;
    private final int port;
    private final Path jar;
    private final Children children;
    private final Map<String, String> environment = new HashMap<>();
    private Optional<Path> input = Optional.empty();
    private @Nullable Child process;

    Service(String name, Domain domain, int port, Path jar, Children children) {
        this.name = name;
        this.domain = domain;
        this.port = port;
        this.jar = jar;
        this.children = children;
    }

    Service with(Map<String, String> settings) {
        environment.putAll(settings);
        return this;
    }

    /** The issuer may still be starting: the service waits for it. */
    Service loginBy(URI issuer) {
        return with(Map.of("QUARKUS_OIDC_AUTH_SERVER_URL", issuer.toString(), "QUARKUS_OIDC_CONNECTION_DELAY", "3M"));
    }

    Service reading(Path file) {
        input = Optional.of(file);
        return this;
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public Path log() {
        return domain.folder().path().resolve("logs").resolve(name + ".log");
    }

    /** Starts and waits until it serves. */
    public synchronized void start() throws IOException, StartFailed, InterruptedException {
        if (process != null) {
            throw new IllegalStateException(name + " runs");
        }
        var launch = Launch.of(name + " of " + domain.name(), line(), log())
                .with(environment)
                .with(domain.cluster().database("parley").environment())
                .with(Map.of("QUARKUS_HTTP_HOST", "127.0.0.1", "QUARKUS_HTTP_PORT", Integer.toString(port)));
        launch = input.map(launch::reading).orElse(launch);
        process = children.start(launch, Readiness.http(address().resolve("/q/health/ready")));
    }

    public synchronized void stop() {
        if (process != null) {
            children.stop(process);
            process = null;
        }
    }

    /** As a power cut would. */
    public synchronized void kill() {
        if (process != null) {
            process.kill();
            children.stop(process);
            process = null;
        }
    }

    private List<String> line() throws IOException {
        var temporary = domain.folder().folder("tmp").path();
        return JavaCommand.jar(jar, "-Xms64m", "-Xmx512m", "-Djava.io.tmpdir=" + temporary);
    }
}
