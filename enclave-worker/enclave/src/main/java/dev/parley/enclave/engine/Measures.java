package dev.parley.enclave.engine;

import dev.parley.enclave.privacy.Figure;
import dev.parley.policy.plan.Aggregate;
import dev.parley.policy.plan.ColumnRef;
import java.util.ArrayList;
import java.util.List;

/**
 * The measures of a plan, each once, and what its aggregates make of them.
 *
 * @param figures one per aggregate, in order
 */
record Measures(List<Measure> columns, List<Figure> figures) {
    Measures {
        columns = List.copyOf(columns);
        figures = List.copyOf(figures);
    }

    /** A measured column; values are clamped to the bounds when they are read. */
    record Measure(ColumnRef column, NumberForm form) {}

    static Measures of(PlanColumns columns, boolean noise) throws EngineFailure {
        var measures = new ArrayList<Measure>();
        var figures = new ArrayList<Figure>();
        for (var aggregate : columns.plan().aggregates()) {
            figures.add(
                    switch (aggregate) {
                        case Aggregate.CountRows(var as) -> new Figure.Rows(as);
                        case Aggregate.CountPeople(var as) -> new Figure.People(as);
                        case Aggregate.Sum(var measure, var as) -> {
                            var form = add(measures, columns, measure, noise);
                            yield new Figure.Sum(
                                    as,
                                    form.scale(),
                                    form.bounds().low(),
                                    form.bounds().high());
                        }
                        case Aggregate.Mean(var measure, var as) -> {
                            var form = add(measures, columns, measure, noise);
                            yield new Figure.Mean(
                                    as,
                                    form.scale(),
                                    form.bounds().low(),
                                    form.bounds().high());
                        }
                    });
        }
        return new Measures(measures, figures);
    }

    private static NumberForm add(List<Measure> measures, PlanColumns columns, ColumnRef reference, boolean noise)
            throws EngineFailure {
        var column = columns.column(reference);
        if (!column.type().isNumber() || (noise && column.bounds().isEmpty())) {
            throw new EngineFailure(EngineFailure.Code.PLAN_UNSUPPORTED);
        }
        var measure = new Measure(reference, NumberForm.of(column));
        if (!measures.contains(measure)) {
            measures.add(measure);
        }
        return measure.form();
    }

    int indexOf(ColumnRef column) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).column().equals(column)) {
                return i;
            }
        }
        throw new IllegalArgumentException("not a measure of the plan");
    }
}
