package dev.parley.protocol.wire;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;

/**
 * One version of a sealed dataset as the operator holds it.
 *
 * @param manifestDigest in hexadecimal
 * @param manifest the compact JWS of the manifest
 */
public record DatasetVersionView(
        String dataset,
        int version,
        String owner,
        String manifestDigest,
        String manifest,
        VersionState state,
        String createdAt)
        implements Message {
    public DatasetVersionView {
        requireNonNull(dataset);
        requireNonNull(owner);
        requireNonNull(manifestDigest);
        requireNonNull(manifest);
        requireNonNull(state);
        requireNonNull(createdAt);
    }

    public static DatasetVersionView read(Fields fields) throws Malformed {
        return new DatasetVersionView(
                fields.string("dataset"),
                (int) fields.integer("version", 0, Integer.MAX_VALUE),
                fields.string("owner"),
                fields.string("manifestDigest"),
                fields.string("manifest"),
                fields.text("state", VersionState::parse),
                fields.string("createdAt"));
    }

    @Override
    public Json.Obj json() {
        return Json.object()
                .put("dataset", dataset)
                .put("version", version)
                .put("owner", owner)
                .put("manifestDigest", manifestDigest)
                .put("manifest", manifest)
                .put("state", state.name())
                .put("createdAt", createdAt)
                .build();
    }
}
