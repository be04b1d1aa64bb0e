package dev.parley.protocol.wire;

import dev.parley.protocol.encoding.Malformed;

/** Whether a dataset version's ciphertext is there. */
public enum VersionState {
    /** The manifest is there, the ciphertext is not. */
    AWAITING_UPLOAD,
    /** The ciphertext is there and has the manifest's digest. */
    READY;

    public static VersionState parse(String text) throws Malformed {
        for (var state : values()) {
            if (state.name().equals(text)) {
                return state;
            }
        }
        throw new Malformed("unknown state");
    }
}
