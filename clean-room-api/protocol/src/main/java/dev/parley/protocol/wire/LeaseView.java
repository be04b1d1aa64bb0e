package dev.parley.protocol.wire;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;

/** A lease that is held. */
public record LeaseView(String lease, long fencingToken, String leaseExpires) implements Message {
    public LeaseView {
        requireNonNull(lease);
        requireNonNull(leaseExpires);
    }

    public static LeaseView read(Fields fields) throws Malformed {
        return new LeaseView(fields.string("lease"), fields.integer("fencingToken"), fields.string("leaseExpires"));
    }

    @Override
    public Json.Obj json() {
        return Json.object()
                .put("lease", lease)
                .put("fencingToken", fencingToken)
                .put("leaseExpires", leaseExpires)
                .build();
    }
}
