package dev.parley.enclave.intake;

import dev.parley.enclave.engine.ColumnBlock;
import dev.parley.protocol.sealing.column.ColumnView;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Copies a block's columns out of the opened buffer, which the next block overwrites, into the engine's arrays. */
final class BlockColumns {
    private BlockColumns() {}

    static ColumnBlock of(ColumnView view) {
        return switch (view) {
            case ColumnView.Identities identities ->
                new ColumnBlock.Identities(
                        plane(identities, 0),
                        plane(identities, 1),
                        plane(identities, 2),
                        plane(identities, 3),
                        nulls(view));
            case ColumnView.Numbers numbers -> new ColumnBlock.Numbers(longs(numbers), nulls(view));
            case ColumnView.Dates dates -> new ColumnBlock.Numbers(days(dates), nulls(view));
            case ColumnView.Truths truths -> new ColumnBlock.Numbers(bits(truths), nulls(view));
            case ColumnView.Texts texts -> new ColumnBlock.Texts(codes(texts), dictionary(texts), nulls(view));
        };
    }

    private static long[] plane(ColumnView.Identities identities, int plane) {
        var words = new long[identities.rows()];
        identities.plane(plane).asLongBuffer().get(words);
        return words;
    }

    private static long[] longs(ColumnView.Numbers numbers) {
        var values = new long[numbers.rows()];
        numbers.values().asLongBuffer().get(values);
        return values;
    }

    private static long[] days(ColumnView.Dates dates) {
        var values = new long[dates.rows()];
        for (var row = 0; row < values.length; row++) {
            values[row] = dates.get(row);
        }
        return values;
    }

    private static long[] bits(ColumnView.Truths truths) {
        var values = new long[truths.rows()];
        for (var row = 0; row < values.length; row++) {
            values[row] = truths.get(row) ? 1 : 0;
        }
        return values;
    }

    private static int[] codes(ColumnView.Texts texts) {
        var codes = new int[texts.rows()];
        for (var row = 0; row < codes.length; row++) {
            codes[row] = texts.code(row);
        }
        return codes;
    }

    private static List<String> dictionary(ColumnView.Texts texts) {
        List<String> dictionary = new ArrayList<>();
        for (var code = 0; code < texts.entries(); code++) {
            dictionary.add(texts.entry(code));
        }
        return dictionary;
    }

    private static BitSet nulls(ColumnView view) {
        var nulls = new BitSet(view.rows());
        if (view.hasNulls()) {
            for (var row = 0; row < view.rows(); row++) {
                nulls.set(row, view.isNull(row));
            }
        }
        return nulls;
    }
}
