package dev.parley.protocol.room;

import dev.parley.protocol.encoding.Malformed;

/** The people behind a dataset: budgets belong to a lineage, whatever version or room the data appears in. Form: {@link Name}. */
public record LineageId(String value) {
    public LineageId {
        Name.check(value);
    }

    public static LineageId parse(String text) throws Malformed {
        return new LineageId(Name.parse(text));
    }

    @Override
    public String toString() {
        return value;
    }
}
