package dev.parley.protocol.wire;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import java.util.List;

/**
 * The RFC 6962 proof that a tree extends an older one.
 *
 * @param proof in hexadecimal
 */
public record ConsistencyProof(List<String> proof) implements Message {
    public ConsistencyProof {
        proof = List.copyOf(proof);
    }

    public static ConsistencyProof read(Fields fields) throws Malformed {
        return new ConsistencyProof(fields.texts("proof", text -> text));
    }

    @Override
    public Json.Obj json() {
        return Json.object().put("proof", Json.strings(proof)).build();
    }
}
