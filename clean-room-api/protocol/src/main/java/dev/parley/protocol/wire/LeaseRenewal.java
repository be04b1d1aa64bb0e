package dev.parley.protocol.wire;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;

/** A host asks to keep its lease. */
public record LeaseRenewal(long fencingToken) implements Message {

    public static LeaseRenewal read(Fields fields) throws Malformed {
        return new LeaseRenewal(fields.integer("fencingToken"));
    }

    @Override
    public Json.Obj json() {
        return Json.object().put("fencingToken", fencingToken).build();
    }
}
