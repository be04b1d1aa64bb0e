package dev.parley.protocol.room;

import dev.parley.protocol.encoding.Malformed;

/** A template: an approved, parameterised query of a room. Form: {@link Name}. */
public record TemplateId(String value) {
    public TemplateId {
        Name.check(value);
    }

    public static TemplateId parse(String text) throws Malformed {
        return new TemplateId(Name.parse(text));
    }

    @Override
    public String toString() {
        return value;
    }
}
