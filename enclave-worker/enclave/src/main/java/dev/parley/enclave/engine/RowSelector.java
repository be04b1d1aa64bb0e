package dev.parley.enclave.engine;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/** Finds the rows of a block that count: those with an identity, that meet all conditions, and that are in a group. */
final class RowSelector {
    private final List<RowFilter> filters;
    private final List<GroupDigit> digits;

    RowSelector(List<RowFilter> filters, List<GroupDigit> digits) {
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
            chosen = chosen.and(filter.on(block));
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
            digit.addTo(groups, block);
        }
        return groups;
    }
}
