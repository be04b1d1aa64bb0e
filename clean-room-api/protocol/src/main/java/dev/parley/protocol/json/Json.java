package dev.parley.protocol.json;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A JSON value of the restricted form of this package. */
public sealed interface Json {
    /** The largest magnitude that every JSON reader keeps exactly (RFC 8785 §3.2.2.3). */
    long MAX_INTEGER = (1L << 53) - 1;

    /** Member order is kept for people; the canonical form sorts. */
    record Obj(Map<String, Json> members) implements Json {
        public Obj {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        /** Reads the members strictly: see {@link Fields}. */
        public Fields fields() {
            return new Fields("", this);
        }
    }

    record Arr(List<Json> items) implements Json {
        public Arr {
            items = List.copyOf(items);
        }
    }

    record Str(String value) implements Json {
        public Str {
            requireNonNull(value);
        }
    }

    record Int(long value) implements Json {
        public Int {
            if (value > MAX_INTEGER || value < -MAX_INTEGER) {
                throw new IllegalArgumentException("integer beyond 53 bits: write it as a string");
            }
        }
    }

    record Bool(boolean value) implements Json {}

    record Null() implements Json {}

    static Json of(@Nullable String value) {
        return value == null ? new Null() : new Str(value);
    }

    static Json of(long value) {
        return new Int(value);
    }

    static Json of(boolean value) {
        return new Bool(value);
    }

    static Json of(Bytes value) {
        return new Str(value.base64Url());
    }

    static <T> Arr array(Collection<T> items, Function<T, Json> each) {
        return new Arr(items.stream().map(each).toList());
    }

    static Arr strings(Collection<String> items) {
        return array(items, Str::new);
    }

    static Builder object() {
        return new Builder();
    }

    /**
     * Reads UTF-8 text strictly: no duplicate members, no comments, no fractions or exponents, nothing behind the value.
     */
    static Json parse(Bytes utf8) throws Malformed {
        return JsonParsing.parse(utf8);
    }

    /** As {@link #parse}, and the text must be canonical already: what was signed is what is read. */
    static Json parseCanonical(Bytes utf8) throws Malformed {
        var value = parse(utf8);
        if (!value.canonical().equals(utf8)) {
            throw new Malformed("JSON is not in canonical form");
        }
        return value;
    }

    /** The canonical bytes of RFC 8785. */
    default Bytes canonical() {
        return Bytes.utf8(CanonicalForm.print(this));
    }

    /** This value as an object, or refused. */
    default Obj asObject() throws Malformed {
        if (this instanceof Obj object) {
            return object;
        }
        throw new Malformed("expected a JSON object");
    }

    /** Collects members; a name twice is a bug. */
    final class Builder {
        private final Map<String, Json> members = new LinkedHashMap<>();

        private Builder() {}

        public Builder put(String name, Json value) {
            if (members.put(name, value) != null) {
                throw new IllegalArgumentException("member twice: " + name);
            }
            return this;
        }

        public Builder put(String name, @Nullable String value) {
            return put(name, Json.of(value));
        }

        public Builder put(String name, long value) {
            return put(name, Json.of(value));
        }

        public Builder put(String name, boolean value) {
            return put(name, Json.of(value));
        }

        public Builder put(String name, Bytes value) {
            return put(name, Json.of(value));
        }

        public Obj build() {
            return new Obj(members);
        }
    }
}
