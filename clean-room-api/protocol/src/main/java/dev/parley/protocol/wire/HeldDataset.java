package dev.parley.protocol.wire;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;

/**
 * A dataset version whose key the portal is to keep.
 *
 * @param manifest the compact JWS of the manifest
 * @param wrappedKey the wrapped dataset key with what it is for, its canonical JSON in base64url
 */
public record HeldDataset(String manifest, String wrappedKey) implements Message {
    public HeldDataset {
        requireNonNull(manifest);
        requireNonNull(wrappedKey);
    }

    public static HeldDataset read(Fields fields) throws Malformed {
        return new HeldDataset(fields.string("manifest"), fields.string("wrappedKey"));
    }

    @Override
    public Json.Obj json() {
        return Json.object()
                .put("manifest", manifest)
                .put("wrappedKey", wrappedKey)
                .build();
    }
}
