package dev.parley.server.log;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.room.RoomId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that the log tells, by kind.
 *
 * @param members identifiers and digests beside {@code parley kind at room}
 */
public record Event(String kind, RoomId room, Map<String, Json> members) {
    public Event {
        members = Map.copyOf(members);
    }

    public static Event of(String kind, RoomId room) {
        return new Event(kind, room, Map.of());
    }

    public Event with(String name, String value) {
        return with(name, Json.of(value));
    }

    public Event with(String name, long value) {
        return with(name, Json.of(value));
    }

    private Event with(String name, Json value) {
        var more = new LinkedHashMap<>(members);
        more.put(name, value);
        return new Event(kind, room, more);
    }

    Bytes entry(Instant at) {
        var entry = Json.object()
                .put("parley", "log-entry/1")
                .put("kind", kind)
                .put("at", at.toString())
                .put("room", room.value());
        members.forEach(entry::put);
        return entry.build().canonical();
    }
}
