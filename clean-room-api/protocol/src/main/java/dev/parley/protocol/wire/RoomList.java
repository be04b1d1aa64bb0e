package dev.parley.protocol.wire;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import java.util.List;

/** The rooms of the caller's party. */
public record RoomList(List<RoomView> rooms) implements Message {
    public RoomList {
        rooms = List.copyOf(rooms);
    }

    public static RoomList read(Fields fields) throws Malformed {
        return new RoomList(fields.objects("rooms", RoomView::read));
    }

    @Override
    public Json.Obj json() {
        return Json.object().put("rooms", Json.array(rooms, RoomView::json)).build();
    }
}
