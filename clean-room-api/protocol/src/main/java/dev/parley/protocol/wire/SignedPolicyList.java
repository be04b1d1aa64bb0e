package dev.parley.protocol.wire;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import java.util.List;

/** The rooms for which a party's portal keeps a signed bundle. */
public record SignedPolicyList(List<SignedPolicyView> rooms) implements Message {
    public SignedPolicyList {
        rooms = List.copyOf(rooms);
    }

    public static SignedPolicyList read(Fields fields) throws Malformed {
        return new SignedPolicyList(fields.objects("rooms", SignedPolicyView::read));
    }

    @Override
    public Json.Obj json() {
        return Json.object()
                .put("rooms", Json.array(rooms, SignedPolicyView::json))
                .build();
    }
}
