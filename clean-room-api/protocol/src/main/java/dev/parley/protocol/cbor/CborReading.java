package dev.parley.protocol.cbor;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds {@link Cbor} from bytes. Recursion is bounded by {@code maxDepth}. */
final class CborReading {
    private final ByteBuffer in;
    private final int maxDepth;

    private CborReading(ByteBuffer in, int maxDepth) {
        this.in = in;
        this.maxDepth = maxDepth;
    }

    static Cbor parse(Bytes bytes, int maxDepth, boolean indefiniteTopMap) throws Malformed {
        var reading = new CborReading(bytes.asBuffer(), maxDepth);
        var value =
                indefiniteTopMap && reading.takeIf(Major.INDEFINITE_MAP) ? reading.indefiniteMap() : reading.item(0);
        if (reading.in.hasRemaining()) {
            throw new Malformed("something follows the CBOR value");
        }
        return value;
    }

    private Cbor item(int depth) throws Malformed {
        var first = next();
        return switch (first >> 5) {
            case Major.UNSIGNED -> new Cbor.Int(argument(first));
            case Major.NEGATIVE -> new Cbor.Int(-1 - argument(first));
            case Major.OCTETS -> new Cbor.Octets(Bytes.copyOf(slice(first)));
            case Major.TEXT -> new Cbor.Text(text(slice(first)));
            case Major.ARRAY -> array(length(first, 1), depth + 1);
            case Major.MAP -> map(length(first, 2), depth + 1);
            case Major.SIMPLE -> simple(first);
            default -> throw new Malformed("CBOR tags are not allowed");
        };
    }

    private Cbor simple(int first) throws Malformed {
        return switch (first) {
            case Major.FALSE -> new Cbor.Bool(false);
            case Major.TRUE -> new Cbor.Bool(true);
            case Major.NULL -> new Cbor.Null();
            default -> throw new Malformed("CBOR simple values are false, true and null");
        };
    }

    private Cbor array(int size, int depth) throws Malformed {
        enter(depth);
        List<Cbor> items = new ArrayList<>(size);
        for (var i = 0; i < size; i++) {
            items.add(item(depth));
        }
        return new Cbor.Arr(items);
    }

    private Cbor map(int size, int depth) throws Malformed {
        enter(depth);
        Map<Cbor, Cbor> entries = new LinkedHashMap<>();
        for (var i = 0; i < size; i++) {
            entry(entries, depth);
        }
        return new Cbor.Dict(entries);
    }

    private Cbor indefiniteMap() throws Malformed {
        enter(1);
        Map<Cbor, Cbor> entries = new LinkedHashMap<>();
        while (!takeIf(Major.BREAK)) {
            entry(entries, 1);
        }
        return new Cbor.Dict(entries);
    }

    private void entry(Map<Cbor, Cbor> entries, int depth) throws Malformed {
        if (entries.size() == Cbor.MAX_ENTRIES) {
            throw new Malformed("CBOR map has too many entries");
        }
        var key = item(depth);
        if (!(key instanceof Cbor.Text || key instanceof Cbor.Int)) {
            throw new Malformed("CBOR map keys are texts or integers");
        }
        if (entries.put(key, item(depth)) != null) {
            throw new Malformed("CBOR map has a key twice");
        }
    }

    private void enter(int depth) throws Malformed {
        if (depth > maxDepth) {
            throw new Malformed("CBOR is nested too deeply");
        }
    }

    private boolean takeIf(int first) {
        if (in.hasRemaining() && (in.get(in.position()) & 0xff) == first) {
            in.get();
            return true;
        }
        return false;
    }

    private int next() throws Malformed {
        require(1);
        return in.get() & 0xff;
    }

    private ByteBuffer slice(int first) throws Malformed {
        var length = length(first, 1);
        var slice = in.slice(in.position(), length);
        in.position(in.position() + length);
        return slice;
    }

    /** A count of things of at least {@code least} bytes each: it cannot promise more than the bytes that are left. */
    private int length(int first, int least) throws Malformed {
        var length = argument(first);
        if (length > in.remaining() / least) {
            throw new Malformed("CBOR length goes beyond the end");
        }
        return (int) length;
    }

    private long argument(int first) throws Malformed {
        var additional = first & 0x1f;
        return switch (additional) {
            case 24 -> shortest(next(), 24);
            case 25 -> {
                require(Short.BYTES);
                yield shortest(in.getShort() & 0xffffL, 1L << 8);
            }
            case 26 -> {
                require(Integer.BYTES);
                yield shortest(in.getInt() & 0xffff_ffffL, 1L << 16);
            }
            case 27 -> {
                require(Long.BYTES);
                yield shortest(in.getLong(), 1L << 32);
            }
            case 28, 29, 30, 31 -> throw new Malformed("CBOR length is indefinite or reserved");
            default -> additional;
        };
    }

    /** Also refuses what has bit 63 set: as a signed number that is negative. */
    private static long shortest(long value, long least) throws Malformed {
        if (value < least) {
            throw new Malformed("CBOR number is not in its shortest form, or has 64 bits");
        }
        return value;
    }

    private void require(int bytes) throws Malformed {
        if (in.remaining() < bytes) {
            throw new Malformed("CBOR ends early");
        }
    }

    private static String text(ByteBuffer utf8) throws Malformed {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
        } catch (CharacterCodingException e) {
            throw new Malformed("CBOR text is not UTF-8", e);
        }
    }
}
