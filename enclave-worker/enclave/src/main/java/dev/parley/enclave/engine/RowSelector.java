package dev.parley.enclave.engine;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/** Finds the rows of a block that count: those with an identity, that meet all conditions, and that are in a group. */
final class RowSelector {
    private final List<ScanPlan.Filter> filters;
    private final List<Digits> digits;

    /** The codes of one dimension and what a step of them adds to the number of the group. */
    record Digits(int column, GroupCodes codes, long weight) {}

    RowSelector(List<ScanPlan.Filter> filters, List<Digits> digits) {
        this.filters = List.copyOf(filters);
        this.digits = List.copyOf(digits);
    }

    /** Rows that were selected, and the part of their groups' numbers that this dataset gives. */
    static final class Selected {
        private final int[] rows;
        private final long[] groups;

        private Selected(int[] rows, long[] groups) {
            this.rows = rows;
            this.groups = groups;
        }

        int count() {
            return rows.length;
        }

        int row(int index) {
            return rows[index];
        }

        long group(int index) {
            return groups[rows[index]];
        }
    }

    Selected select(TableBlock block, PeopleChoice people) throws EngineFailure {
        var groups = groups(block);
        var identities = (ColumnBlock.Identities) block.columns().getFirst();
        IntPredicate chosen = row -> groups[row] >= 0
                && !identities.isNull(row)
                && people.includes(identities.word(row, 2), identities.word(row, 3));
        for (var filter : filters) {
            chosen = chosen.and(filter.condition().on(block.columns().get(filter.column())));
        }
        var selected = new int[block.rows()];
        int count = 0;
        for (int row = 0; row < selected.length; row++) {
            if (chosen.test(row)) {
                selected[count++] = row;
            }
        }
        return new Selected(Arrays.copyOf(selected, count), groups);
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
}
