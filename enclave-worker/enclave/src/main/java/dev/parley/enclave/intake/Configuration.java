package dev.parley.enclave.intake;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import java.time.Duration;

/**
 * The settings that the host hands in ({@code key-release.md} §9); their digest is in the evidence.
 *
 * @param json the object as it came, for the binding
 * @param slot results leave at multiples of this
 */
public record Configuration(Json.Obj json, Duration slot, int engineThreads, int engineMemoryMiB) {
    private static final String KIND = "configuration/1";

    public static Configuration parse(Bytes canonical) throws Malformed {
        var json = Json.parseCanonical(canonical).asObject();
        var fields = json.fields();
        fields.require("parley", KIND);
        var configuration = new Configuration(
                json,
                Duration.ofMillis(fields.integer("slotMillis", 100, 60_000)),
                (int) fields.integer("engineThreads", 1, 256),
                (int) fields.integer("engineMemoryMiB", 64, 1 << 20));
        fields.end();
        return configuration;
    }
}
