package dev.parley.protocol.wire;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;

/**
 * A message over HTTP. Members have the names of the record's components; every member is always there, {@code null}
 * where a component is. Each message has a {@code static read(Fields)}, to be used with {@link #parse}.
 */
public interface Message {
    Json.Obj json();

    /** Reads one message strictly: unknown members are refused, and so is anything behind it. */
    static <T> T parse(Bytes body, Fields.Reader<T> reader) throws Malformed {
        var fields = Json.parse(body).asObject().fields();
        var message = reader.read(fields);
        fields.end();
        return message;
    }
}
