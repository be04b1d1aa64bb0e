package dev.parley.protocol.wire;

import dev.parley.protocol.encoding.Malformed;

/** Where a run stands; the last three are final. */
public enum RunState {
    /** Waits for a host. */
    QUEUED,
    /** A host holds a lease. */
    RUNNING,
    /** Sealed results and a receipt are there. */
    DELIVERED,
    /** Decided against; asking again does not help. */
    REFUSED,
    /** Could not be executed. */
    FAILED;

    public static RunState parse(String text) throws Malformed {
        for (var state : values()) {
            if (state.name().equals(text)) {
                return state;
            }
        }
        throw new Malformed("unknown state");
    }

    public boolean isFinal() {
        return this == DELIVERED || this == REFUSED || this == FAILED;
    }
}
