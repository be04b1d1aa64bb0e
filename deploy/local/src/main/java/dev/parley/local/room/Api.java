package dev.parley.local.room;

import dev.parley.local.process.Children;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** The operator's API server. */
public final class Api {
    private final Domain operator;
    private final Service service;

    private Api(Domain operator, Service service) {
        this.operator = operator;
        this.service = service;
    }

    static Api of(Site site, Domain operator, Logins logins, Children children) throws IOException {
        var environment = Map.of(
                "PARLEY_OBJECTS_FOLDER",
                        operator.folder().folder("objects").path().toString(),
                "PARLEY_LOG_ORIGIN", "parley.local/log",
                "PARLEY_LOG_KEY_FILE",
                        operator.folder().folder("log").file("log.key").toString());
        var jar = site.checkout().built("clean-room-api/server/target/quarkus-app/quarkus-run.jar");
        var service = new Service("api", operator, site.ports().of("api"), jar, children)
                .with(environment)
                .loginBy(logins.issuer(Domain.OPERATOR));
        return new Api(operator, service);
    }

    public URI address() {
        return service.address();
    }

    /** Where ciphertext rests. */
    public Path objects() {
        return operator.folder().file("objects");
    }

    public Service service() {
        return service;
    }
}
