package dev.parley.enclave.engine;

import dev.parley.policy.bundle.ColumnType;
import dev.parley.policy.plan.ColumnName;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.sealing.Schema;
import dev.parley.protocol.sealing.column.Block;
import dev.parley.protocol.sealing.column.ColumnView;
import dev.parley.protocol.sealing.file.SealedDatasetReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A sealed dataset, opened block by block into the engine. The reader stays the caller's, who closes it. */
public final class SealedTable implements TableSource {
    private final SealedDatasetReader reader;
    /** As many as threads read at a time: each has a buffer, and a block is valid until its opener opens the next. */
    private final Queue<SealedDatasetReader.BlockOpener> idle = new ConcurrentLinkedQueue<>();

    public SealedTable(SealedDatasetReader reader) {
        this.reader = reader;
    }

    /** Columns of a type that no policy can name are left out: no plan can use them. */
    @Override
    public Map<ColumnName, ColumnType> columns() {
        var columns = new LinkedHashMap<ColumnName, ColumnType>();
        for (var column : reader.schema().columns()) {
            type(column).ifPresent(type -> columns.put(new ColumnName(column.name()), type));
        }
        return columns;
    }

    private static Optional<ColumnType> type(Schema.Column column) {
        try {
            return Optional.of(ColumnType.parse(column.type().print()));
        } catch (Malformed e) {
            return Optional.empty();
        }
    }

    @Override
    public int blocks() {
        return reader.blocks();
    }

    @Override
    public long rows() {
        return reader.rows();
    }

    @Override
    public TableBlock block(int index, List<ColumnName> wanted) throws UnreadableBlock {
        var free = idle.poll();
        var opener = free == null ? reader.opener() : free;
        try {
            var block = opener.open(index);
            var columns = new ArrayList<ColumnBlock>();
            for (var name : wanted) {
                columns.add(column(block, reader.schema().indexOf(name.value())));
            }
            return new TableBlock(block.rows(), columns);
        } catch (Malformed | IOException e) {
            throw new UnreadableBlock();
        } finally {
            idle.add(opener);
        }
    }

    @Override
    public void verify() throws UnreadableBlock {
        try {
            reader.verify();
        } catch (Malformed | IOException e) {
            throw new UnreadableBlock();
        }
    }

    /** Copies what the plan needs: the block's own buffer is soon written over. */
    private static ColumnBlock column(Block block, int position) throws Malformed {
        var view = block.column(position);
        var nulls = nulls(view);
        return switch (view) {
            case ColumnView.Identities identities ->
                new ColumnBlock.Identities(
                        plane(identities, 0), plane(identities, 1), plane(identities, 2), plane(identities, 3), nulls);
            case ColumnView.Texts texts -> texts(texts, nulls);
            case ColumnView.Numbers numbers -> {
                var values = new long[view.rows()];
                numbers.values().asLongBuffer().get(values);
                yield new ColumnBlock.Numbers(values, nulls);
            }
            case ColumnView.Dates dates -> {
                var values = new long[view.rows()];
                for (int row = 0; row < values.length; row++) {
                    values[row] = dates.get(row);
                }
                yield new ColumnBlock.Numbers(values, nulls);
            }
            case ColumnView.Truths truths -> {
                var values = new long[view.rows()];
                for (int row = 0; row < values.length; row++) {
                    values[row] = truths.get(row) ? 1 : 0;
                }
                yield new ColumnBlock.Numbers(values, nulls);
            }
        };
    }

    private static long[] plane(ColumnView.Identities identities, int plane) {
        var words = new long[identities.rows()];
        identities.plane(plane).asLongBuffer().get(words);
        return words;
    }

    private static ColumnBlock texts(ColumnView.Texts texts, BitSet nulls) {
        var codes = new int[texts.rows()];
        for (int row = 0; row < codes.length; row++) {
            codes[row] = texts.code(row);
        }
        var dictionary = new ArrayList<String>();
        for (int code = 0; code < texts.entries(); code++) {
            dictionary.add(texts.entry(code));
        }
        return new ColumnBlock.Texts(codes, dictionary, nulls);
    }

    private static BitSet nulls(ColumnView view) {
        var nulls = new BitSet();
        if (view.hasNulls()) {
            for (int row = 0; row < view.rows(); row++) {
                if (view.isNull(row)) {
                    nulls.set(row);
                }
            }
        }
        return nulls;
    }
}
