package dev.parley.protocol.wire;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;

/**
 * One version of a room's policy bundle.
 *
 * @param digest the policy digest, in hexadecimal
 * @param approvals how many approvals the operator holds
 */
public record PolicyView(int version, String digest, PolicyState state, int approvals) implements Message {
    public PolicyView {
        requireNonNull(digest);
        requireNonNull(state);
    }

    public static PolicyView read(Fields fields) throws Malformed {
        return new PolicyView(
                (int) fields.integer("version", 0, Integer.MAX_VALUE),
                fields.string("digest"),
                fields.text("state", PolicyState::parse),
                (int) fields.integer("approvals", 0, Integer.MAX_VALUE));
    }

    @Override
    public Json.Obj json() {
        return Json.object()
                .put("version", version)
                .put("digest", digest)
                .put("state", state.name())
                .put("approvals", approvals)
                .build();
    }
}
