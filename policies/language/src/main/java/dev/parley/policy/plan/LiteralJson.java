package dev.parley.policy.plan;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import java.time.DateTimeException;
import java.time.LocalDate;

/** Literals as {@code {"type":…,"value":…}}; numbers travel as text, since JSON's are doubles. */
final class LiteralJson {
    private static final int MAX_TEXT = 256;

    private LiteralJson() {}

    static Json.Obj print(Literal literal) {
        return switch (literal) {
            case Literal.Text(var value) -> tagged("text", Json.of(value));
            case Literal.Whole(var value) -> tagged("whole", Json.of(Long.toString(value)));
            case Literal.Decimal(var value) -> tagged("decimal", Json.of(DecimalText.print(value)));
            case Literal.Truth(var value) -> tagged("truth", Json.of(value));
            case Literal.Date(var value) -> tagged("date", Json.of(value.toString()));
            case Literal.Timestamp(var value) -> tagged("timestamp", Json.of(value.toString()));
            case Literal.Parameter(var name) -> tagged("parameter", Json.of(name.value()));
        };
    }

    static Literal read(Fields fields) throws Malformed {
        var literal = switch (fields.string("type")) {
            case "text" -> new Literal.Text(fields.text("value", LiteralJson::shortText));
            case "whole" -> new Literal.Whole(fields.longText("value"));
            case "decimal" -> new Literal.Decimal(fields.text("value", DecimalText::parse));
            case "truth" -> new Literal.Truth(fields.bool("value"));
            case "date" -> new Literal.Date(fields.text("value", LiteralJson::date));
            case "timestamp" -> new Literal.Timestamp(fields.instant("value"));
            case "parameter" -> new Literal.Parameter(fields.text("value", ColumnName::parse));
            default -> throw new Malformed("unknown type of literal: " + fields.path());
        };
        fields.end();
        return literal;
    }

    private static Json.Obj tagged(String type, Json value) {
        return Json.object().put("type", type).put("value", value).build();
    }

    private static String shortText(String text) throws Malformed {
        if (text.length() > MAX_TEXT) {
            throw new Malformed("text literal longer than " + MAX_TEXT + " characters");
        }
        return text;
    }

    private static LocalDate date(String text) throws Malformed {
        try {
            var date = LocalDate.parse(text);
            if (date.toString().equals(text)) {
                return date;
            }
        } catch (DateTimeException e) {
            throw new Malformed("not a date", e);
        }
        throw new Malformed("not a date in canonical form");
    }
}
