package dev.parley.protocol.room;

import dev.parley.protocol.encoding.Malformed;

/** A party: a member organisation of a room. Form: {@link Name}. */
public record PartyId(String value) {
    public PartyId {
        Name.check(value);
    }

    public static PartyId parse(String text) throws Malformed {
        return new PartyId(Name.parse(text));
    }

    @Override
    public String toString() {
        return value;
    }
}
