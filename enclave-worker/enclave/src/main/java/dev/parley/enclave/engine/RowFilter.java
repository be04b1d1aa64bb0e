package dev.parley.enclave.engine;

import java.util.List;
import java.util.function.IntPredicate;

/** A condition of the plan on the columns of one dataset. */
sealed interface RowFilter {
    /** The condition on the rows of one block. */
    IntPredicate on(TableBlock block);

    /** A test of the column at a position of the block. */
    record Test(int column, ColumnFilter filter) implements RowFilter {
        @Override
        public IntPredicate on(TableBlock block) {
            return filter.on(block.columns().get(column));
        }
    }

    record AnyOf(List<RowFilter> parts) implements RowFilter {
        public AnyOf {
            parts = List.copyOf(parts);
        }

        @Override
        public IntPredicate on(TableBlock block) {
            return parts.stream()
                    .map(part -> part.on(block))
                    .reduce(IntPredicate::or)
                    .orElseThrow();
        }
    }

    record AllOf(List<RowFilter> parts) implements RowFilter {
        public AllOf {
            parts = List.copyOf(parts);
        }

        @Override
        public IntPredicate on(TableBlock block) {
            return parts.stream()
                    .map(part -> part.on(block))
                    .reduce(IntPredicate::and)
                    .orElseThrow();
        }
    }
}
