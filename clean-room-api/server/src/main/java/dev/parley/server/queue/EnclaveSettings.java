package dev.parley.server.queue;

import dev.parley.protocol.json.Json;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What enclaves run with ({@code docs/spec/key-release.md} §9); its digest is in their evidence. */
@ConfigMapping(prefix = "parley.enclave")
public interface EnclaveSettings {
    /** Results leave at multiples of this, so that the time tells little. */
    @WithDefault("0.5S")
    Duration slot();

    /** Threads of the query engine. */
    @WithDefault("2")
    int engineThreads();

    /** Memory of the query engine. */
    @WithDefault("1024")
    int engineMemoryMib();

    default Json.Obj configuration() {
        return Json.object()
                .put("parley", "configuration/1")
                .put("slotMillis", slot().toMillis())
                .put("engineThreads", engineThreads())
                .put("engineMemoryMiB", engineMemoryMib())
                .build();
    }
}
