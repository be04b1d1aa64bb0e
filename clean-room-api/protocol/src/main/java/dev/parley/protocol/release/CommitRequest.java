package dev.parley.protocol.release;

import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import java.util.List;

/** What the enclave shows every broker in the second phase: the grants of all. */
public record CommitRequest(List<Jws> grants) {
    private static final String KIND = "commit/1";

    public CommitRequest {
        grants = List.copyOf(grants);
    }

    public static CommitRequest parse(Bytes body) throws Malformed {
        var fields = Json.parse(body).asObject().fields();
        fields.require("parley", KIND);
        var request = new CommitRequest(fields.texts("grants", Jws::parse));
        fields.end();
        return request;
    }

    public Bytes print() {
        return Json.object()
                .put("parley", KIND)
                .put("grants", Json.array(grants, g -> Json.of(g.compact())))
                .build()
                .canonical();
    }
}
