package dev.parley.protocol.wire;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import java.util.List;

/**
 * The RFC 6962 audit path of one entry.
 *
 * @param leafHash in hexadecimal
 * @param proof from the leaf upwards, in hexadecimal
 */
public record InclusionProof(long index, String leafHash, List<String> proof) implements Message {
    public InclusionProof {
        requireNonNull(leafHash);
        proof = List.copyOf(proof);
    }

    public static InclusionProof read(Fields fields) throws Malformed {
        return new InclusionProof(
                fields.integer("index"), fields.string("leafHash"), fields.texts("proof", text -> text));
    }

    @Override
    public Json.Obj json() {
        return Json.object()
                .put("index", index)
                .put("leafHash", leafHash)
                .put("proof", Json.strings(proof))
                .build();
    }
}
