package dev.parley.protocol.wire;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import java.util.List;

/** The approvals of one policy version, each a compact JWS. */
public record ApprovalList(List<String> approvals) implements Message {
    public ApprovalList {
        approvals = List.copyOf(approvals);
    }

    public static ApprovalList read(Fields fields) throws Malformed {
        return new ApprovalList(fields.texts("approvals", text -> text));
    }

    @Override
    public Json.Obj json() {
        return Json.object().put("approvals", Json.strings(approvals)).build();
    }
}
