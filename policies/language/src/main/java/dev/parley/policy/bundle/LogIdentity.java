package dev.parley.policy.bundle;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;

/** The log that this room's entries go to: its name and the key of its checkpoints. */
public record LogIdentity(String origin, Bytes ed25519PublicKey) {
    private static final int KEY_SIZE = 32;

    public LogIdentity {
        Form.line("the origin of a log", origin, 200);
        Form.require(origin.indexOf(' ') < 0 && origin.indexOf('+') < 0, "a log's origin has no space and no plus");
        Form.require(ed25519PublicKey.size() == KEY_SIZE, "an Ed25519 key has 32 bytes");
    }

    static LogIdentity read(Fields fields) throws Malformed {
        var log = new LogIdentity(fields.string("origin"), fields.bytes("key"));
        fields.end();
        return log;
    }

    Json.Obj json() {
        return Json.object().put("origin", origin).put("key", ed25519PublicKey).build();
    }
}
