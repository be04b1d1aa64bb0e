package dev.parley.server.uploads;

import dev.parley.server.objects.Objects;
import dev.parley.server.objects.ObjectsConfig;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.InstantSource;

/** Throws away uploads that nobody completes. */
@Singleton
final class AbandonedUploads {
    private final Uploads uploads;
    private final Objects objects;
    private final ObjectsConfig config;
    private final InstantSource time;

    AbandonedUploads(Uploads uploads, Objects objects, ObjectsConfig config, InstantSource time) {
        this.uploads = uploads;
        this.objects = objects;
        this.config = config;
        this.time = time;
    }

    @Scheduled(every = "1h", delayed = "1m")
    void discard() throws IOException {
        for (var id : uploads.begunBefore(time.instant().minus(config.uploadsExpireAfter()))) {
            if (!objects.isWhole(id) && uploads.forget(id)) {
                objects.discard(id);
            }
        }
    }
}
