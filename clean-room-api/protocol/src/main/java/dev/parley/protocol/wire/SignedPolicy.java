package dev.parley.protocol.wire;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import java.util.List;

/**
 * A bundle that a party signed, for its own portal's record.
 *
 * @param bundle the canonical bundle, in base64url
 */
public record SignedPolicy(String bundle, List<String> approvals) implements Message {
    public SignedPolicy {
        requireNonNull(bundle);
        approvals = List.copyOf(approvals);
    }

    public static SignedPolicy read(Fields fields) throws Malformed {
        return new SignedPolicy(fields.string("bundle"), fields.texts("approvals", text -> text));
    }

    @Override
    public Json.Obj json() {
        return Json.object()
                .put("bundle", bundle)
                .put("approvals", Json.strings(approvals))
                .build();
    }
}
