package dev.parley.protocol.wire;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;

/**
 * Asks a key broker for a challenge ({@code docs/spec/key-release.md}).
 *
 * @param runRequest the compact JWS of the run request
 */
public record ChallengeRequest(String room, String runRequest) implements Message {
    private static final String KIND = "challenge-request/1";

    public ChallengeRequest {
        requireNonNull(room);
        requireNonNull(runRequest);
    }

    public static ChallengeRequest read(Fields fields) throws Malformed {
        fields.require("parley", KIND);
        return new ChallengeRequest(fields.string("room"), fields.string("runRequest"));
    }

    @Override
    public Json.Obj json() {
        return Json.object()
                .put("parley", KIND)
                .put("room", room)
                .put("runRequest", runRequest)
                .build();
    }
}
