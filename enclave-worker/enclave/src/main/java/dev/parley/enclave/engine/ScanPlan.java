package dev.parley.enclave.engine;

import dev.parley.policy.plan.ColumnName;
import dev.parley.protocol.room.DatasetId;
import java.util.List;
import java.util.Optional;

/**
 * What is read of one dataset and what is made of it; knows no data. Made by {@link ScanPlanner}.
 *
 * @param columns the columns to open, the identity first; the other parts name them by position
 * @param selecting the first of them, which are all that selecting rows needs
 * @param filters conditions that all must hold
 * @param digits this dataset's dimensions
 * @param measures this dataset's measures
 * @param absent where people stay who have no row here, this dataset's part of the numbers of their groups
 */
record ScanPlan(
        DatasetId dataset,
        List<ColumnName> columns,
        List<ColumnName> selecting,
        List<RowFilter> filters,
        List<Digit> digits,
        List<Value> measures,
        Optional<Long> absent) {
    ScanPlan {
        columns = List.copyOf(columns);
        selecting = List.copyOf(selecting);
        filters = List.copyOf(filters);
        digits = List.copyOf(digits);
        measures = List.copyOf(measures);
    }

    /** A dimension, by its place among those of the plan: its values or, where there are any, its buckets. */
    record Digit(int column, int dimension, Optional<Cases> buckets) {}

    /** The conditions of buckets, and whether rows of which none holds are in a group too. */
    record Cases(List<RowFilter> conditions, boolean otherwise) {
        Cases {
            conditions = List.copyOf(conditions);
        }
    }

    /** A measure; {@code index} is its place among all measures of the plan. */
    record Value(int column, int index, ValueRange bounds) {}

    /** Whether people without a row here stay. */
    boolean optional() {
        return absent.isPresent();
    }
}
