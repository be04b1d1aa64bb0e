package dev.parley.protocol.wire;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * A dataset version whose key a portal keeps, or kept.
 *
 * @param manifest the digest of the manifest, in hexadecimal
 * @param shreddedAt when the key was destroyed, which nothing undoes
 */
public record HeldDatasetView(
        String room,
        String dataset,
        int version,
        String manifest,
        String lineage,
        String storedAt,
        @Nullable String shreddedAt)
        implements Message {
    public HeldDatasetView {
        requireNonNull(room);
        requireNonNull(dataset);
        requireNonNull(manifest);
        requireNonNull(lineage);
        requireNonNull(storedAt);
    }

    public static HeldDatasetView read(Fields fields) throws Malformed {
        return new HeldDatasetView(
                fields.string("room"),
                fields.string("dataset"),
                (int) fields.integer("version", 0, Integer.MAX_VALUE),
                fields.string("manifest"),
                fields.string("lineage"),
                fields.string("storedAt"),
                fields.optionalText("shreddedAt", text -> text).orElse(null));
    }

    @Override
    public Json.Obj json() {
        return Json.object()
                .put("room", room)
                .put("dataset", dataset)
                .put("version", version)
                .put("manifest", manifest)
                .put("lineage", lineage)
                .put("storedAt", storedAt)
                .put("shreddedAt", shreddedAt)
                .build();
    }
}
