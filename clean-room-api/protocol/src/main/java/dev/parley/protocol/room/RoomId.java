package dev.parley.protocol.room;

import dev.parley.protocol.encoding.Malformed;

/** A room: the collaboration. Form: {@link Name}. */
public record RoomId(String value) {
    public RoomId {
        Name.check(value);
    }

    public static RoomId parse(String text) throws Malformed {
        return new RoomId(Name.parse(text));
    }

    @Override
    public String toString() {
        return value;
    }
}
