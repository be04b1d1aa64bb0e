package dev.parley.protocol.cbor;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the entries of one map with text keys exactly once: a missing entry, one of another type, and, at
 * {@link #end()}, one that nobody asked for are refused. Messages name the key and never its value.
 */
public final class CborFields {
    private final String path;
    private final Cbor.Dict map;
    private final Set<Cbor> read = new HashSet<>();

    CborFields(String path, Cbor.Dict map) {
        this.path = path;
        this.map = map;
    }

    public Cbor value(String key) throws Malformed {
        var value = map.entries().get(new Cbor.Text(key));
        if (value == null) {
            throw new Malformed("entry is missing: " + at(key));
        }
        read.add(new Cbor.Text(key));
        return value;
    }

    public boolean has(String key) {
        return map.entries().containsKey(new Cbor.Text(key));
    }

    public Bytes octets(String key) throws Malformed {
        if (value(key) instanceof Cbor.Octets(var octets)) {
            return octets;
        }
        throw wrong(key, "a byte string");
    }

    public Bytes octets(String key, int least, int most) throws Malformed {
        var octets = octets(key);
        if (octets.size() < least || octets.size() > most) {
            throw wrong(key, "of " + least + " to " + most + " bytes");
        }
        return octets;
    }

    /** Null is read as empty; a missing entry is refused. */
    public Optional<Bytes> octetsOrNull(String key) throws Malformed {
        return value(key) instanceof Cbor.Null ? Optional.empty() : Optional.of(octets(key));
    }

    public String text(String key) throws Malformed {
        if (value(key) instanceof Cbor.Text(var text)) {
            return text;
        }
        throw wrong(key, "a text");
    }

    public long integer(String key, long least, long most) throws Malformed {
        if (value(key) instanceof Cbor.Int(var number) && number >= least && number <= most) {
            return number;
        }
        throw wrong(key, "an integer from " + least + " to " + most);
    }

    public boolean bool(String key) throws Malformed {
        if (value(key) instanceof Cbor.Bool(var truth)) {
            return truth;
        }
        throw wrong(key, "true or false");
    }

    public List<Cbor> array(String key) throws Malformed {
        if (value(key) instanceof Cbor.Arr(var items)) {
            return items;
        }
        throw wrong(key, "an array");
    }

    public Cbor.Dict dict(String key) throws Malformed {
        if (value(key) instanceof Cbor.Dict dict) {
            return dict;
        }
        throw wrong(key, "a map");
    }

    public CborFields fields(String key) throws Malformed {
        return new CborFields(at(key), dict(key));
    }

    /** To be called last: refuses entries that were not read. */
    public void end() throws Malformed {
        if (!read.containsAll(map.entries().keySet())) {
            // The unknown key is the sender's text: it does not travel.
            throw new Malformed("unknown entry in " + (path.isEmpty() ? "the map" : path));
        }
    }

    private Malformed wrong(String key, String expected) {
        return new Malformed(at(key) + " must be " + expected);
    }

    private String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
