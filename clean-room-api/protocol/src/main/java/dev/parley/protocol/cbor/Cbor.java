package dev.parley.protocol.cbor;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A CBOR value of the restricted form of this package: no tags, no floats, no {@code undefined}. */
public sealed interface Cbor {
    /** A map larger than this is refused: what travels here are records, and lists are arrays. */
    int MAX_ENTRIES = 1024;

    /** An integer that fits 64 signed bits. */
    record Int(long value) implements Cbor {}

    /** A byte string. */
    record Octets(Bytes value) implements Cbor {
        public Octets {
            requireNonNull(value);
        }
    }

    record Text(String value) implements Cbor {
        public Text {
            requireNonNull(value);
        }
    }

    record Arr(List<Cbor> items) implements Cbor {
        public Arr {
            items = List.copyOf(items);
        }
    }

    /** A map in the order of its writer. Keys are {@link Text} or {@link Int}. */
    record Dict(Map<Cbor, Cbor> entries) implements Cbor {
        public Dict {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
            if (!entries.keySet().stream().allMatch(key -> key instanceof Text || key instanceof Int)) {
                throw new IllegalArgumentException("map keys are texts or integers");
            }
            if (entries.size() > MAX_ENTRIES) {
                throw new IllegalArgumentException("map has more than " + MAX_ENTRIES + " entries");
            }
        }

        /** Reads the entries with text keys strictly: see {@link CborFields}. */
        public CborFields fields() {
            return new CborFields("", this);
        }

        /** The same map written with indefinite length ({@code bf … ff}); what lies inside stays definite. */
        public Bytes encodeIndefinite() {
            return CborWriting.indefinite(this);
        }
    }

    record Bool(boolean value) implements Cbor {}

    record Null() implements Cbor {}

    static Cbor of(long value) {
        return new Int(value);
    }

    static Cbor of(String value) {
        return new Text(value);
    }

    static Cbor of(Bytes value) {
        return new Octets(value);
    }

    static Cbor of(boolean value) {
        return new Bool(value);
    }

    /** The byte string, or null. */
    static Cbor of(Optional<Bytes> value) {
        return value.<Cbor>map(Octets::new).orElseGet(Null::new);
    }

    static Arr array(Cbor... items) {
        return new Arr(List.of(items));
    }

    static Builder map() {
        return new Builder();
    }

    /**
     * Reads one value that takes all of {@code bytes}: shortest lengths, definite lengths, no key twice, valid UTF-8.
     *
     * @param maxDepth how many arrays and maps may enclose one another
     */
    static Cbor parse(Bytes bytes, int maxDepth) throws Malformed {
        return CborReading.parse(bytes, maxDepth, false);
    }

    /** As {@link #parse}, but the value must be a map, and that outermost map alone may have indefinite length. */
    static Dict parseMaybeIndefiniteMap(Bytes bytes, int maxDepth) throws Malformed {
        return CborReading.parse(bytes, maxDepth, true).asDict();
    }

    /** Shortest, definite form; map keys in the order in which they were put. */
    default Bytes encode() {
        return CborWriting.definite(this);
    }

    /** This value as a map, or refused. */
    default Dict asDict() throws Malformed {
        if (this instanceof Dict dict) {
            return dict;
        }
        throw new Malformed("expected a CBOR map");
    }

    /** Collects entries; a key twice is a bug. */
    final class Builder {
        private final Map<Cbor, Cbor> entries = new LinkedHashMap<>();

        private Builder() {}

        public Builder put(Cbor key, Cbor value) {
            if (entries.put(key, value) != null) {
                throw new IllegalArgumentException("key twice");
            }
            return this;
        }

        public Builder put(String key, Cbor value) {
            return put(new Text(key), value);
        }

        public Builder put(String key, String value) {
            return put(key, Cbor.of(value));
        }

        public Builder put(String key, long value) {
            return put(key, Cbor.of(value));
        }

        public Builder put(String key, boolean value) {
            return put(key, Cbor.of(value));
        }

        public Builder put(String key, Bytes value) {
            return put(key, Cbor.of(value));
        }

        public Builder put(String key, Optional<Bytes> value) {
            return put(key, Cbor.of(value));
        }

        public Dict build() {
            return new Dict(entries);
        }
    }
}
