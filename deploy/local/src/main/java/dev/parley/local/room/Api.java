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
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The operator's API server. It can be stopped and started again, on the same data. */
public final class Api {
    private final Site site;
    private final Foundation foundation;
    private final Children children;
    private final int port;
    private @Nullable Child server;

    private Api(Site site, Foundation foundation, Children children, int port) {
        this.site = site;
        this.foundation = foundation;
        this.children = children;
        this.port = port;
    }

    static Api start(Site site, Foundation foundation, Children children)
            throws IOException, StartFailed, InterruptedException {
        var api = new Api(site, foundation, children, site.ports().of("api"));
        api.start();
        return api;
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Where ciphertext rests. */
    public Path objects() throws IOException {
        return domain().folder().folder("objects").path();
    }

    public synchronized void stop() {
        if (server != null) {
            children.stop(server);
            server = null;
        }
    }

    /** Starts it again after {@link #stop}, and waits until it serves. */
    public synchronized void start() throws IOException, StartFailed, InterruptedException {
        var jar = site.checkout().built("clean-room-api/server/target/quarkus-app/quarkus-run.jar");
        var launch = Launch.of("api", JavaCommand.jar(jar, Service.jvm(domain())), Service.log(domain(), "api"))
                .with(environment());
        server = children.start(launch, Readiness.http(address().resolve("/q/health/ready")));
    }

    private Map<String, String> environment() throws IOException {
        var environment = new HashMap<String, String>();
        environment.putAll(Service.http(port, foundation.issuer(Foundation.OPERATOR)));
        environment.putAll(domain().cluster().database("parley").environment());
        environment.put("PARLEY_OBJECTS_FOLDER", objects().toString());
        environment.put("PARLEY_LOG_ORIGIN", "parley.local/log");
        environment.put(
                "PARLEY_LOG_KEY_FILE",
                domain().folder().folder("log").file("log.key").toString());
        return environment;
    }

    private Domain domain() {
        return foundation.domain(Foundation.OPERATOR);
    }
}
