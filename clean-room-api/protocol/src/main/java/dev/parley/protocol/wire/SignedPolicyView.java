package dev.parley.protocol.wire;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;

/**
 * The newest bundle of a room that a party signed, as its portal keeps it.
 *
 * @param digest the policy digest, in hexadecimal
 */
public record SignedPolicyView(String room, String name, int version, String digest, String signedAt, String validUntil)
        implements Message {
    public SignedPolicyView {
        requireNonNull(room);
        requireNonNull(name);
        requireNonNull(digest);
        requireNonNull(signedAt);
        requireNonNull(validUntil);
    }

    public static SignedPolicyView read(Fields fields) throws Malformed {
        return new SignedPolicyView(
                fields.string("room"),
                fields.string("name"),
                (int) fields.integer("version", 0, Integer.MAX_VALUE),
                fields.string("digest"),
                fields.string("signedAt"),
                fields.string("validUntil"));
    }

    @Override
    public Json.Obj json() {
        return Json.object()
                .put("room", room)
                .put("name", name)
                .put("version", version)
                .put("digest", digest)
                .put("signedAt", signedAt)
                .put("validUntil", validUntil)
                .build();
    }
}
