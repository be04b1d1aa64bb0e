package dev.parley.protocol.wire;

import dev.parley.protocol.encoding.Malformed;

/** Where a policy version stands in its life. */
public enum PolicyState {
    /** Published; some party's quorum is missing. */
    PROPOSED,
    /** The newest version that every party's quorum signed. */
    ACTIVE,
    /** A newer version is active. */
    SUPERSEDED,
    /** Its validity ended. */
    EXPIRED;

    public static PolicyState parse(String text) throws Malformed {
        for (var state : values()) {
            if (state.name().equals(text)) {
                return state;
            }
        }
        throw new Malformed("unknown state");
    }
}
