package dev.parley.protocol.room;

import dev.parley.protocol.encoding.Malformed;

/** What a key of a party may do. A key has one use. */
public enum KeyUse {
    /** Approves policy bundles, in one role. P-384. */
    APPROVER("approver"),
    /** Signs dataset manifests. P-384. */
    STEWARD("steward"),
    /** Signs run requests. P-384. */
    RUN("run"),
    /** Signs a broker's challenges, grants and releases. P-384. */
    BROKER("broker"),
    /** Opens results. P-256. */
    RECIPIENT("recipient");

    private final String text;

    KeyUse(String text) {
        this.text = text;
    }

    public static KeyUse parse(String text) throws Malformed {
        for (var use : values()) {
            if (use.text.equals(text)) {
                return use;
            }
        }
        throw new Malformed("unknown key use");
    }

    public String text() {
        return text;
    }
}
