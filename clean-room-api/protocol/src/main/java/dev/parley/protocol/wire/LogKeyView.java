package dev.parley.protocol.wire;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;

/**
 * The log's name and key.
 *
 * @param publicKey 32 bytes of Ed25519, in base64url
 */
public record LogKeyView(String origin, String publicKey) implements Message {
    public LogKeyView {
        requireNonNull(origin);
        requireNonNull(publicKey);
    }

    public static LogKeyView read(Fields fields) throws Malformed {
        return new LogKeyView(fields.string("origin"), fields.string("publicKey"));
    }

    @Override
    public Json.Obj json() {
        return Json.object().put("origin", origin).put("publicKey", publicKey).build();
    }
}
