package dev.parley.protocol.room;

import dev.parley.protocol.encoding.Malformed;

/** A dataset: one party's table in a room. Form: {@link Name}. */
public record DatasetId(String value) {
    public DatasetId {
        Name.check(value);
    }

    public static DatasetId parse(String text) throws Malformed {
        return new DatasetId(Name.parse(text));
    }

    @Override
    public String toString() {
        return value;
    }
}
