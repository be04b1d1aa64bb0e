package dev.parley.protocol.json;

import java.util.TreeMap;

/** RFC 8785: members sorted by UTF-16 code units, shortest escapes, no white space. */
final class CanonicalForm {
    private CanonicalForm() {}

    static String print(Json value) {
        var out = new StringBuilder();
        append(out, value);
        return out.toString();
    }

    private static void append(StringBuilder out, Json value) {
        switch (value) {
            case Json.Obj object -> appendObject(out, object);
            case Json.Arr array -> appendArray(out, array);
            case Json.Str string -> appendString(out, string.value());
            case Json.Int integer -> out.append(integer.value());
            case Json.Bool bool -> out.append(bool.value());
            case Json.Null() -> out.append("null");
        }
    }

    private static void appendObject(StringBuilder out, Json.Obj object) {
        var separator = '{';
        // String.compareTo compares UTF-16 code units, which is the order that the RFC asks for.
        for (var member : new TreeMap<>(object.members()).entrySet()) {
            out.append(separator);
            appendString(out, member.getKey());
            out.append(':');
            append(out, member.getValue());
            separator = ',';
        }
        out.append(separator == '{' ? "{}" : "}");
    }

    private static void appendArray(StringBuilder out, Json.Arr array) {
        var separator = '[';
        for (var item : array.items()) {
            out.append(separator);
            append(out, item);
            separator = ',';
        }
        out.append(separator == '[' ? "[]" : "]");
    }

    private static void appendString(StringBuilder out, String text) {
        out.append('"');
        for (var i = 0; i < text.length(); i++) {
            appendCharacter(out, text.charAt(i));
        }
        out.append('"');
    }

    private static void appendCharacter(StringBuilder out, char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (c < 0x20) {
                    out.append(String.format("\\u%04x", (int) c));
                } else {
                    out.append(c);
                }
            }
        }
    }
}
