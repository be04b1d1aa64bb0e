package dev.parley.protocol.wire;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;

/**
 * Why a request was not served (RFC 9457).
 *
 * @param type a URI that ends in the code
 * @param detail names the place and the rule, never a value
 */
public record Problem(String type, String title, int status, String code, String detail) implements Message {
    public Problem {
        requireNonNull(type);
        requireNonNull(title);
        requireNonNull(code);
        requireNonNull(detail);
    }

    public static Problem read(Fields fields) throws Malformed {
        return new Problem(
                fields.string("type"),
                fields.string("title"),
                (int) fields.integer("status", 0, Integer.MAX_VALUE),
                fields.string("code"),
                fields.string("detail"));
    }

    @Override
    public Json.Obj json() {
        return Json.object()
                .put("type", type)
                .put("title", title)
                .put("status", status)
                .put("code", code)
                .put("detail", detail)
                .build();
    }
}
