package dev.parley.cli.seal;

import dev.parley.policy.bundle.Domain;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.sealing.Schema;
import dev.parley.protocol.sealing.column.Row;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Text as it stands, and where the policy declares a domain, one of its values. */
final class TextCell implements Cell {
    /** The domain's values in an open hash table; empty where every text will do. */
    private final byte[][] slots;

    TextCell(Optional<Domain> domain) {
        var values = domain.map(Domain::values).orElse(java.util.List.of());
        slots = new byte[values.isEmpty() ? 0 : Integer.highestOneBit(values.size()) * 4][];
        for (var value : values) {
            var utf8 = value.getBytes(StandardCharsets.UTF_8);
            slots[freeSlot(utf8)] = utf8;
        }
    }

    @Override
    public void put(Row row, int column, byte[] utf8, int from, int to) throws Unfit {
        if (to - from > Schema.MAX_TEXT_BYTES) {
            throw new Unfit(SealCode.CELL_TEXT_TOO_LONG);
        }
        if (slots.length > 0 && !declared(utf8, from, to)) {
            throw new Unfit(SealCode.CELL_OUTSIDE_DOMAIN);
        }
        try {
            row.text(column, utf8, from, to - from);
        } catch (Malformed e) {
            throw new Unfit(SealCode.CSV_NOT_UTF8);
        }
    }

    private boolean declared(byte[] utf8, int from, int to) {
        for (var slot = hash(utf8, from, to); slots[slot] != null; slot = (slot + 1) % slots.length) {
            if (Arrays.equals(slots[slot], 0, slots[slot].length, utf8, from, to)) {
                return true;
            }
        }
        return false;
    }

    private int freeSlot(byte[] utf8) {
        var slot = hash(utf8, 0, utf8.length);
        while (slots[slot] != null) {
            slot = (slot + 1) % slots.length;
        }
        return slot;
    }

    private int hash(byte[] utf8, int from, int to) {
        var hash = 1;
        for (var i = from; i < to; i++) {
            hash = 31 * hash + utf8[i];
        }
        return (hash ^ hash >>> 15) & slots.length - 1;
    }
}
