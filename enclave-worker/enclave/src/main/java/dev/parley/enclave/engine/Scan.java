package dev.parley.enclave.engine;

import dev.parley.enclave.privacy.KeyedHash;
import java.util.ArrayList;
import java.util.List;

/** Reads one dataset for one pass of the engine: makes 64-bit integers of the rows that count. */
final class Scan {
    private static final int WORDS = 4;

    private final TableSource source;
    private final ScanPlan plan;
    private final RowSelector selector;
    private final PeopleChoice people;
    private final ScanKeys keys;

    Scan(TableSource source, ScanPlan plan, RowSelector selector, PeopleChoice people, ScanKeys keys) {
        this.source = source;
        this.plan = plan;
        this.selector = selector;
        this.people = people;
        this.keys = keys;
    }

    int blocks() {
        return source.blocks();
    }

    long rows() {
        return source.rows();
    }

    /** Names of the columns of {@link #read}. */
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

    EngineRows read(int index) throws UnreadableBlock, EngineFailure {
        var block = source.block(index, plan.columns());
        if (block.columns().size() != plan.columns().size()) {
            throw new UnreadableBlock();
        }
        var selected = selector.select(block, people);
        var rows = new EngineRows(selected.count(), columns().size());
        var identities = (ColumnBlock.Identities) block.columns().getFirst();
        for (int word = 0; word < WORDS; word++) {
            var out = rows.column(word);
            for (int i = 0; i < out.length; i++) {
                out[i] = identities.word(selected.row(i), word);
            }
        }
        var group = rows.column(WORDS);
        for (int i = 0; i < group.length; i++) {
            group[i] = selected.group(i);
        }
        int firstMeasure = rows.width() - plan.measures().size();
        for (int i = 0; i < plan.measures().size(); i++) {
            measure(block, plan.measures().get(i), selected, rows, firstMeasure + i);
        }
        tags(rows, firstMeasure);
        return rows;
    }

    private static void measure(
            TableBlock block, ScanPlan.Value measure, RowSelector.Selected selected, EngineRows rows, int column) {
        var numbers = (ColumnBlock.Numbers) block.columns().get(measure.column());
        var out = rows.column(column);
        for (int i = 0; i < out.length; i++) {
            int row = selected.row(i);
            if (numbers.isNull(row)) {
                rows.setNull(column, i);
            } else {
                out[i] = measure.bounds().clamp(numbers.value(row));
            }
        }
    }

    private void tags(EngineRows rows, int firstMeasure) {
        int column = WORDS + 1;
        if (keys.rows().isPresent()) {
            tagRows(rows, rows.column(column++), firstMeasure, keys.rows().get());
        }
        if (keys.people().isPresent()) {
            tagPeople(rows, rows.column(column), keys.people().get());
        }
    }

    /** Tags cover all that the engine sees of a row: rows with the same tag are the same to it. */
    private static void tagRows(EngineRows rows, long[] tags, int firstMeasure, KeyedHash.Key key) {
        var hash = new KeyedHash();
        for (int i = 0; i < tags.length; i++) {
            hash.start(key);
            for (int word = 0; word <= WORDS; word++) {
                hash.word(rows.column(word)[i]);
            }
            for (int measure = firstMeasure; measure < rows.width(); measure++) {
                hash.word(rows.isNull(measure, i) ? 1 : 0).word(rows.column(measure)[i]);
            }
            tags[i] = hash.finish();
        }
    }

    private static void tagPeople(EngineRows rows, long[] people, KeyedHash.Key key) {
        var hash = new KeyedHash();
        for (int i = 0; i < people.length; i++) {
            hash.start(key);
            for (int word = 0; word < WORDS; word++) {
                hash.word(rows.column(word)[i]);
            }
            people[i] = hash.finish();
        }
    }
}
