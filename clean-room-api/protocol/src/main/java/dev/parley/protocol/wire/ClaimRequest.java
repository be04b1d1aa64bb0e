package dev.parley.protocol.wire;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;

/**
 * A host asks for work.
 *
 * @param host the host's own name
 */
public record ClaimRequest(String host) implements Message {
    public ClaimRequest {
        requireNonNull(host);
    }

    public static ClaimRequest read(Fields fields) throws Malformed {
        return new ClaimRequest(fields.string("host"));
    }

    @Override
    public Json.Obj json() {
        return Json.object().put("host", host).build();
    }
}
