package dev.parley.enclave.engine;

import dev.parley.policy.bundle.Column;
import dev.parley.policy.bundle.ColumnType;
import dev.parley.policy.bundle.Dataset;
import dev.parley.policy.plan.ColumnName;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** Rows in memory. A row is a map from column names to a text, a number or, for an identity, a person's name. */
@NullUnmarked
final class MemoryTable implements TableSource {
    private final Dataset dataset;
    private final List<Map<String, Object>> rows;
    private final int blockSize;

    MemoryTable(Dataset dataset, List<Map<String, Object>> rows, int blockSize) {
        this.dataset = dataset;
        this.rows = List.copyOf(rows);
        this.blockSize = blockSize;
    }

    /** The same rows in another order and other blocks. */
    MemoryTable shuffled(long seed) {
        var order = new ArrayList<>(rows);
        var random = new Random(seed);
        Collections.shuffle(order, random);
        return new MemoryTable(dataset, order, 1 + random.nextInt(50));
    }

    MemoryTable with(List<Map<String, Object>> more) {
        var all = new ArrayList<>(rows);
        all.addAll(more);
        return new MemoryTable(dataset, all, blockSize);
    }

    MemoryTable without(Predicate<Map<String, Object>> dropped) {
        return new MemoryTable(dataset, rows.stream().filter(dropped.negate()).toList(), blockSize);
    }

    Dataset dataset() {
        return dataset;
    }

    List<Map<String, Object>> contents() {
        return rows;
    }

    @Override
    public Map<ColumnName, ColumnType> columns() {
        return dataset.columns().stream().collect(Collectors.toMap(Column::name, Column::type));
    }

    @Override
    public int blocks() {
        return (rows.size() + blockSize - 1) / blockSize;
    }

    @Override
    public long rows() {
        return rows.size();
    }

    @Override
    public void verify() {}

    @Override
    public TableBlock block(int index, List<ColumnName> wanted) {
        var part = rows.subList(index * blockSize, Math.min(rows.size(), (index + 1) * blockSize));
        return new TableBlock(
                part.size(),
                wanted.stream()
                        .map(name -> column(dataset.column(name).orElseThrow(), part))
                        .toList());
    }

    private static ColumnBlock column(Column column, List<Map<String, Object>> part) {
        var values = part.stream().map(row -> row.get(column.name().value())).toList();
        var nulls = new BitSet();
        for (int i = 0; i < part.size(); i++) {
            nulls.set(i, part.get(i).get(column.name().value()) == null);
        }
        return switch (column.type()) {
            case ColumnType.Identity() -> {
                var words = new long[4][part.size()];
                for (int i = 0; i < part.size(); i++) {
                    for (int word = 0; word < 4 && !nulls.get(i); word++) {
                        words[word][i] = People.words((String) values.get(i))[word];
                    }
                }
                yield new ColumnBlock.Identities(words[0], words[1], words[2], words[3], nulls);
            }
            case ColumnType.Text() -> texts(values, nulls);
            default ->
                new ColumnBlock.Numbers(
                        values.stream()
                                .mapToLong(value -> value == null ? -1 : (long) value)
                                .toArray(),
                        nulls);
        };
    }

    private static ColumnBlock texts(List<@Nullable Object> values, BitSet nulls) {
        var dictionary = List.copyOf(values.stream()
                .filter(value -> value != null)
                .map(String.class::cast)
                .collect(Collectors.toCollection(TreeSet::new)));
        return new ColumnBlock.Texts(
                values.stream()
                        .mapToInt(value -> value == null ? -1 : dictionary.indexOf(value))
                        .toArray(),
                dictionary,
                nulls);
    }
}
