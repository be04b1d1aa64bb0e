package dev.parley.enclave.engine;

import dev.parley.policy.bundle.ColumnType;
import dev.parley.policy.plan.ColumnName;
import dev.parley.policy.plan.ColumnRef;
import dev.parley.protocol.room.DatasetId;
import java.util.ArrayList;
import java.util.List;

/**
 * What is read of one dataset and what is made of it; knows no data.
 *
 * @param columns the columns to open, the identity first; the other parts name them by position
 * @param filters conditions that all must hold
 * @param digits this dataset's dimensions
 * @param measures this dataset's measures
 */
record ScanPlan(
        DatasetId dataset, List<ColumnName> columns, List<Filter> filters, List<Digit> digits, List<Value> measures) {
    ScanPlan {
        columns = List.copyOf(columns);
        filters = List.copyOf(filters);
        digits = List.copyOf(digits);
        measures = List.copyOf(measures);
    }

    /** What selecting rows needs: the columns before those that are measures alone. */
    List<ColumnName> selecting() {
        int last = Math.max(
                filters.stream().mapToInt(Filter::column).max().orElse(0),
                digits.stream().mapToInt(Digit::column).max().orElse(0));
        return columns.subList(0, last + 1);
    }

    record Filter(int column, RowFilter condition) {}

    record Digit(int column, int dimension) {}

    /** A measure; {@code index} is its place among all measures of the plan. */
    record Value(int column, int index, ValueRange bounds) {}

    static ScanPlan of(ColumnRef identity, PlanColumns plan, Grouping grouping, Measures measures)
            throws EngineFailure {
        var dataset = identity.dataset();
        var columns = new ArrayList<ColumnName>(List.of(identity.column()));
        var filters = new ArrayList<Filter>();
        for (var condition : plan.plan().where()) {
            var column = plan.column(condition.column());
            if (condition.column().dataset().equals(dataset)) {
                var filter = switch (column.type()) {
                    case ColumnType.Text() -> TextFilter.of(condition, column.domain());
                    case ColumnType.Identity() -> throw new EngineFailure(EngineFailure.Code.PLAN_UNSUPPORTED);
                    default -> NumberFilter.of(condition, NumberForm.of(column));
                };
                filters.add(new Filter(position(columns, column.name()), filter));
            }
        }
        return new ScanPlan(
                dataset, columns, filters, digits(dataset, columns, grouping), values(dataset, columns, measures));
    }

    private static List<Digit> digits(DatasetId dataset, List<ColumnName> columns, Grouping grouping) {
        var digits = new ArrayList<Digit>();
        for (int i = 0; i < grouping.dimensions().size(); i++) {
            var column = grouping.dimensions().get(i).column();
            if (column.dataset().equals(dataset)) {
                digits.add(new Digit(position(columns, column.column()), i));
            }
        }
        return digits;
    }

    private static List<Value> values(DatasetId dataset, List<ColumnName> columns, Measures measures) {
        var values = new ArrayList<Value>();
        for (int i = 0; i < measures.columns().size(); i++) {
            var measure = measures.columns().get(i);
            if (measure.column().dataset().equals(dataset)) {
                values.add(new Value(
                        position(columns, measure.column().column()),
                        i,
                        measure.form().bounds()));
            }
        }
        return values;
    }

    /** The position of a column, which is added where it is not there yet. */
    private static int position(List<ColumnName> columns, ColumnName name) {
        if (!columns.contains(name)) {
            columns.add(name);
        }
        return columns.indexOf(name);
    }
}
