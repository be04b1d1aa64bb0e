package dev.parley.protocol.json;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the members of one object exactly once: a missing member, one of another type, and, at {@link #end()}, one that
 * nobody asked for are refused. Messages name the path of the member and never its value.
 */
public final class Fields {
    private final String path;
    private final Json.Obj object;
    private final Set<String> read = new HashSet<>();

    Fields(String path, Json.Obj object) {
        this.path = path;
        this.object = object;
    }

    /** How one item of an array is read. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(Fields fields) throws Malformed;
    }

    /** How one text is read: the {@code parse} of a named type. */
    @FunctionalInterface
    public interface TextReader<T> {
        T parse(String text) throws Malformed;
    }

    public Json value(String name) throws Malformed {
        var value = object.members().get(name);
        if (value == null) {
            throw new Malformed("member is missing: " + at(name));
        }
        read.add(name);
        return value;
    }

    public String string(String name) throws Malformed {
        if (value(name) instanceof Json.Str(var text)) {
            return text;
        }
        throw wrong(name, "a string");
    }

    /** A text that its own type parses. */
    public <T> T text(String name, TextReader<T> reader) throws Malformed {
        return parse(name, string(name), reader);
    }

    public <T> Optional<T> optionalText(String name, TextReader<T> reader) throws Malformed {
        return value(name) instanceof Json.Null ? Optional.empty() : Optional.of(text(name, reader));
    }

    public <T> List<T> texts(String name, TextReader<T> reader) throws Malformed {
        List<T> texts = new ArrayList<>();
        for (var item : array(name)) {
            if (!(item instanceof Json.Str(var text))) {
                throw wrong(name, "strings");
            }
            texts.add(parse(name, text, reader));
        }
        return List.copyOf(texts);
    }

    public long integer(String name) throws Malformed {
        if (value(name) instanceof Json.Int(var number)) {
            return number;
        }
        throw wrong(name, "an integer");
    }

    public long integer(String name, long least, long most) throws Malformed {
        var number = integer(name);
        if (number < least || number > most) {
            throw wrong(name, "an integer from " + least + " to " + most);
        }
        return number;
    }

    /** A 64-bit integer written as a decimal string, without sign or zeros that say nothing. */
    public long longText(String name) throws Malformed {
        var text = string(name);
        try {
            var number = Long.parseLong(text);
            if (Long.toString(number).equals(text)) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw wrong(name, "an integer as text");
        }
        throw wrong(name, "an integer as canonical text");
    }

    public boolean bool(String name) throws Malformed {
        if (value(name) instanceof Json.Bool(var flag)) {
            return flag;
        }
        throw wrong(name, "true or false");
    }

    public Bytes bytes(String name) throws Malformed {
        return text(name, Bytes::parseBase64Url);
    }

    /** RFC 3339 in UTC, as {@link Instant} prints it. */
    public Instant instant(String name) throws Malformed {
        var text = string(name);
        try {
            var instant = Instant.parse(text);
            if (instant.toString().equals(text)) {
                return instant;
            }
        } catch (DateTimeException e) {
            throw wrong(name, "an instant");
        }
        throw wrong(name, "an instant in canonical form");
    }

    public Fields object(String name) throws Malformed {
        if (value(name) instanceof Json.Obj child) {
            return new Fields(at(name), child);
        }
        throw wrong(name, "an object");
    }

    public Optional<Fields> optionalObject(String name) throws Malformed {
        return value(name) instanceof Json.Null ? Optional.empty() : Optional.of(object(name));
    }

    /** Reads every item as an object and refuses members of it that {@code reader} leaves unread. */
    public <T> List<T> objects(String name, Reader<T> reader) throws Malformed {
        List<T> items = new ArrayList<>();
        for (var item : array(name)) {
            if (!(item instanceof Json.Obj child)) {
                throw wrong(name, "objects");
            }
            var fields = new Fields(at(name) + "[" + items.size() + "]", child);
            items.add(reader.read(fields));
            fields.end();
        }
        return List.copyOf(items);
    }

    public List<Json> array(String name) throws Malformed {
        if (value(name) instanceof Json.Arr(var items)) {
            return items;
        }
        throw wrong(name, "an array");
    }

    /** For objects whose member names are data. */
    public Set<String> names() {
        return object.members().keySet();
    }

    public boolean has(String name) {
        return object.members().containsKey(name);
    }

    public String path() {
        return path;
    }

    /** Refuses a document of another kind or version. */
    public void require(String name, String expected) throws Malformed {
        if (!string(name).equals(expected)) {
            throw new Malformed(at(name) + " must be " + expected);
        }
    }

    /** To be called last: refuses members that were not read. */
    public void end() throws Malformed {
        for (var name : object.members().keySet()) {
            if (!read.contains(name)) {
                throw new Malformed("unknown member: " + at(name));
            }
        }
    }

    private <T> T parse(String name, String text, TextReader<T> reader) throws Malformed {
        try {
            return reader.parse(text);
        } catch (Malformed e) {
            throw new Malformed(at(name) + ": " + e.getMessage(), e);
        }
    }

    private Malformed wrong(String name, String expected) {
        return new Malformed(at(name) + " must be " + expected);
    }

    private String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
