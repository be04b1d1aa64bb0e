package dev.parley.protocol.wire;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import java.util.List;

/** Entries of the log, each its canonical bytes in base64url. */
public record LogEntries(List<String> entries) implements Message {
    public LogEntries {
        entries = List.copyOf(entries);
    }

    public static LogEntries read(Fields fields) throws Malformed {
        return new LogEntries(fields.texts("entries", text -> text));
    }

    @Override
    public Json.Obj json() {
        return Json.object().put("entries", Json.strings(entries)).build();
    }
}
