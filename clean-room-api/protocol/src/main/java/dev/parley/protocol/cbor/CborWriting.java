package dev.parley.protocol.cbor;

import dev.parley.protocol.encoding.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.Map;

/** Writes {@link Cbor} with the shortest heads. */
final class CborWriting {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private CborWriting() {}

    static Bytes definite(Cbor value) {
        var writing = new CborWriting();
        writing.item(value);
        return writing.bytes();
    }

    static Bytes indefinite(Cbor.Dict map) {
        var writing = new CborWriting();
        writing.out.write(Major.INDEFINITE_MAP);
        writing.entries(map.entries());
        writing.out.write(Major.BREAK);
        return writing.bytes();
    }

    private Bytes bytes() {
        return Bytes.takeOwnershipOf(out.toByteArray());
    }

    private void item(Cbor value) {
        switch (value) {
            case Cbor.Int(var number) -> integer(number);
            case Cbor.Octets(var octets) -> string(Major.OCTETS, octets);
            case Cbor.Text(var text) -> string(Major.TEXT, Bytes.utf8(text));
            case Cbor.Arr(var items) -> {
                head(Major.ARRAY, items.size());
                items.forEach(this::item);
            }
            case Cbor.Dict(var entries) -> {
                head(Major.MAP, entries.size());
                entries(entries);
            }
            case Cbor.Bool(var truth) -> out.write(truth ? Major.TRUE : Major.FALSE);
            case Cbor.Null() -> out.write(Major.NULL);
        }
    }

    private void entries(Map<Cbor, Cbor> entries) {
        entries.forEach((key, value) -> {
            item(key);
            item(value);
        });
    }

    private void integer(long number) {
        if (number >= 0) {
            head(Major.UNSIGNED, number);
        } else {
            head(Major.NEGATIVE, -1 - number);
        }
    }

    private void string(int major, Bytes octets) {
        head(major, octets.size());
        out.writeBytes(octets.toArray());
    }

    private void head(int major, long argument) {
        if (argument < 24) {
            out.write(major << 5 | (int) argument);
        } else if (argument < 1L << 8) {
            out.write(major << 5 | 24);
            bigEndian(argument, 1);
        } else if (argument < 1L << 16) {
            out.write(major << 5 | 25);
            bigEndian(argument, 2);
        } else if (argument < 1L << 32) {
            out.write(major << 5 | 26);
            bigEndian(argument, 4);
        } else {
            out.write(major << 5 | 27);
            bigEndian(argument, 8);
        }
    }

    private void bigEndian(long number, int bytes) {
        for (var shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            out.write((int) (number >>> shift));
        }
    }
}
