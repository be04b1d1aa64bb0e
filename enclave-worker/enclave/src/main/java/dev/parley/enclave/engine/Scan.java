package dev.parley.enclave.engine;

import dev.parley.enclave.privacy.KeyedHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/** Reads one dataset for the engine: opens a block, drops the rows that count nowhere, and makes integers of the others. */
final class Scan {
    private final TableSource source;
    private final ScanPlan plan;
    private final List<Digits> digits;
    private final ScanKeys keys;

    /** The codes of one dimension and what a step of them adds to the number of the group. */
    record Digits(int column, GroupCodes codes, long weight) {}

    Scan(TableSource source, ScanPlan plan, List<Digits> digits, ScanKeys keys) {
        this.source = source;
        this.plan = plan;
        this.digits = List.copyOf(digits);
        this.keys = keys;
    }

    int blocks() {
        return source.blocks();
    }

    long rows() {
        return source.rows();
    }

    /** Names of the columns of {@link #read}, all 64-bit integers. */
    List<String> columns() {
        var names = new ArrayList<>(List.of("i0", "i1", "i2", "i3", "g"));
        if (keys.rows().isPresent()) {
            names.add("t");
        }
        if (keys.people().isPresent()) {
            names.add("k");
        }
        plan.measures().forEach(measure -> names.add("m" + measure.index()));
        return names;
    }

    /** Rows without an identity, that fail a condition, or that are in no group are not among those returned. */
    EngineRows read(int index) throws UnreadableBlock, EngineFailure {
        var block = source.block(index, plan.columns());
        if (block.columns().size() != plan.columns().size()) {
            throw new UnreadableBlock();
        }
        var groups = groups(block);
        var selected = select(block, groups);
        var rows = new EngineRows(selected.length, columns().size());
        var identities = (ColumnBlock.Identities) block.columns().getFirst();
        for (int word = 0; word < 4; word++) {
            var out = rows.column(word);
            for (int i = 0; i < selected.length; i++) {
                out[i] = identities.word(selected[i], word);
            }
        }
        var group = rows.column(4);
        for (int i = 0; i < selected.length; i++) {
            group[i] = groups[selected[i]];
        }
        int firstMeasure = columns().size() - plan.measures().size();
        for (int i = 0; i < plan.measures().size(); i++) {
            measure(block, plan.measures().get(i), selected, rows, firstMeasure + i);
        }
        tags(rows, firstMeasure);
        return rows;
    }

    /** The number of each row's group as far as this dataset gives it, or -1. */
    private long[] groups(TableBlock block) throws EngineFailure {
        var groups = new long[block.rows()];
        for (var digit : digits) {
            var texts = (ColumnBlock.Texts) block.columns().get(digit.column());
            var steps = steps(texts, digit);
            for (int row = 0; row < groups.length; row++) {
                long step = texts.isNull(row) ? GroupCodes.NONE : steps[texts.code(row)];
                groups[row] = groups[row] < 0 || step < 0 ? GroupCodes.NONE : groups[row] + step;
            }
        }
        return groups;
    }

    private static long[] steps(ColumnBlock.Texts texts, Digits digit) throws EngineFailure {
        var steps = new long[texts.dictionary().size()];
        for (int i = 0; i < steps.length; i++) {
            int code = digit.codes().code(texts.dictionary().get(i));
            steps[i] = code < 0 ? GroupCodes.NONE : code * digit.weight();
        }
        return steps;
    }

    private int[] select(TableBlock block, long[] groups) {
        var identities = block.columns().getFirst();
        IntPredicate chosen = row -> !identities.isNull(row) && groups[row] >= 0;
        for (var filter : plan.filters()) {
            chosen = chosen.and(filter.condition().on(block.columns().get(filter.column())));
        }
        var selected = new int[block.rows()];
        int count = 0;
        for (int row = 0; row < selected.length; row++) {
            if (chosen.test(row)) {
                selected[count++] = row;
            }
        }
        return Arrays.copyOf(selected, count);
    }

    private static void measure(TableBlock block, ScanPlan.Value measure, int[] selected, EngineRows rows, int column) {
        var numbers = (ColumnBlock.Numbers) block.columns().get(measure.column());
        var out = rows.column(column);
        for (int i = 0; i < selected.length; i++) {
            if (numbers.isNull(selected[i])) {
                rows.setNull(column, i);
            } else {
                out[i] = measure.bounds().clamp(numbers.value(selected[i]));
            }
        }
    }

    /** Tags cover all that the engine sees of a row: rows with the same tag are the same to it. */
    private void tags(EngineRows rows, int firstMeasure) {
        int column = 5;
        if (keys.rows().isPresent()) {
            var tags = rows.column(column++);
            var hash = new KeyedHash();
            for (int i = 0; i < tags.length; i++) {
                hash.start(keys.rows().get());
                for (int word = 0; word < 5; word++) {
                    hash.word(rows.column(word)[i]);
                }
                for (int measure = firstMeasure; measure < rows.width(); measure++) {
                    hash.word(rows.isNull(measure, i) ? 1 : 0).word(rows.column(measure)[i]);
                }
                tags[i] = hash.finish();
            }
        }
        if (keys.people().isPresent()) {
            var people = rows.column(column);
            var hash = new KeyedHash();
            for (int i = 0; i < people.length; i++) {
                hash.start(keys.people().get());
                for (int word = 0; word < 4; word++) {
                    hash.word(rows.column(word)[i]);
                }
                people[i] = hash.finish();
            }
        }
    }
}
