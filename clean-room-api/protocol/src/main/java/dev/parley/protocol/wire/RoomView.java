package dev.parley.protocol.wire;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import java.util.List;

/** A room as its parties see it. */
public record RoomView(String room, String name, List<PolicyView> policies) implements Message {
    public RoomView {
        requireNonNull(room);
        requireNonNull(name);
        policies = List.copyOf(policies);
    }

    public static RoomView read(Fields fields) throws Malformed {
        return new RoomView(fields.string("room"), fields.string("name"), fields.objects("policies", PolicyView::read));
    }

    @Override
    public Json.Obj json() {
        return Json.object()
                .put("room", room)
                .put("name", name)
                .put("policies", Json.array(policies, PolicyView::json))
                .build();
    }
}
