package dev.parley.enclave.engine;

import dev.parley.policy.bundle.Column;
import dev.parley.policy.bundle.ColumnType;
import dev.parley.policy.bundle.Dataset;
import dev.parley.policy.plan.ColumnName;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** As many people as are wanted, one row each, computed when they are read. Two crowds hold the same people. */
final class Crowd implements TableSource {
    private static final int BLOCK = 16_384;

    private final Dataset dataset;
    private final int people;

    Crowd(Dataset dataset, int people) {
        this.dataset = dataset;
        this.people = people;
    }

    @Override
    public Map<ColumnName, ColumnType> columns() {
        return dataset.columns().stream().collect(Collectors.toMap(Column::name, Column::type));
    }

    @Override
    public int blocks() {
        return (people + BLOCK - 1) / BLOCK;
    }

    @Override
    public long rows() {
        return people;
    }

    @Override
    public void verify() {}

    @Override
    public TableBlock block(int index, List<ColumnName> wanted) {
        int first = index * BLOCK;
        int rows = Math.min(BLOCK, people - first);
        return new TableBlock(
                rows,
                wanted.stream()
                        .map(name -> column(dataset.column(name).orElseThrow(), first, rows))
                        .toList());
    }

    private static ColumnBlock column(Column column, int first, int rows) {
        return switch (column.type()) {
            case ColumnType.Identity() ->
                new ColumnBlock.Identities(
                        mixed(first, rows, 1),
                        mixed(first, rows, 2),
                        mixed(first, rows, 3),
                        mixed(first, rows, 4),
                        new BitSet());
            case ColumnType.Text() -> {
                var dictionary = column.domain().orElseThrow().values();
                var codes = Arrays.stream(mixed(first, rows, 5))
                        .mapToInt(value -> (int) Long.remainderUnsigned(value, dictionary.size()))
                        .toArray();
                yield new ColumnBlock.Texts(codes, dictionary, new BitSet());
            }
            default ->
                new ColumnBlock.Numbers(
                        Arrays.stream(mixed(first, rows, 6))
                                .map(value -> Long.remainderUnsigned(value, 1_000))
                                .toArray(),
                        new BitSet());
        };
    }

    private static long[] mixed(int first, int rows, int salt) {
        var values = new long[rows];
        for (int i = 0; i < rows; i++) {
            long x = (first + i) * 31L + salt;
            x = (x ^ (x >>> 32)) * 0xd6e8feb86659fd93L;
            x = (x ^ (x >>> 32)) * 0xd6e8feb86659fd93L;
            values[i] = x ^ (x >>> 32);
        }
        return values;
    }
}
