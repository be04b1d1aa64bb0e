package dev.parley.server.objects;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready only where uploads can be stored. */
@Readiness
final class ObjectsReady implements HealthCheck {
    private final Objects objects;

    ObjectsReady(Objects objects) {
        this.objects = objects;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("objects").status(objects.isWritable()).build();
    }
}
