package dev.parley.enclave.engine;

import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/** One dimension's part of the numbers of groups. */
sealed interface GroupDigit {
    /** Adds to the number of each row's group; a row without a value of the dimension is in none from then on. */
    void addTo(long[] groups, TableBlock block) throws EngineFailure;

    /** Each value of a text column is a group of its own. */
    record Value(int column, GroupCodes codes, long weight) implements GroupDigit {
        @Override
        public void addTo(long[] groups, TableBlock block) throws EngineFailure {
            var texts = (ColumnBlock.Texts) block.columns().get(column);
            var steps = steps(texts);
            for (int row = 0; row < groups.length; row++) {
                long step = texts.isNull(row) ? GroupCodes.NONE : steps[texts.code(row)];
                groups[row] = groups[row] < 0 || step < 0 ? GroupCodes.NONE : groups[row] + step;
            }
        }

        private long[] steps(ColumnBlock.Texts texts) throws EngineFailure {
            var steps = new long[texts.dictionary().size()];
            for (int i = 0; i < steps.length; i++) {
                int code = codes.code(texts.dictionary().get(i));
                steps[i] = code < 0 ? GroupCodes.NONE : code * weight;
            }
            return steps;
        }
    }

    /**
     * The first case that holds is the group.
     *
     * @param otherwise the step of rows of which none holds; empty where these are in no group
     */
    record Bucket(List<RowFilter> cases, Optional<Long> otherwise, long weight) implements GroupDigit {
        public Bucket {
            cases = List.copyOf(cases);
        }

        @Override
        public void addTo(long[] groups, TableBlock block) {
            var conditions =
                    cases.stream().map(condition -> condition.on(block)).toArray(IntPredicate[]::new);
            long rest = otherwise.orElse((long) GroupCodes.NONE);
            for (int row = 0; row < groups.length; row++) {
                if (groups[row] >= 0) {
                    long step = step(conditions, row, rest);
                    groups[row] = step < 0 ? GroupCodes.NONE : groups[row] + step;
                }
            }
        }

        private long step(IntPredicate[] conditions, int row, long rest) {
            for (int i = 0; i < conditions.length; i++) {
                if (conditions[i].test(row)) {
                    return i * weight;
                }
            }
            return rest;
        }
    }
}
