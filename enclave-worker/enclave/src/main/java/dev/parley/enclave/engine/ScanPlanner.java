package dev.parley.enclave.engine;

import dev.parley.policy.bundle.ColumnType;
import dev.parley.policy.plan.ColumnName;
import dev.parley.policy.plan.ColumnRef;
import dev.parley.policy.plan.Condition;
import dev.parley.policy.plan.Group;
import dev.parley.policy.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the scan of one dataset of a plan: its conditions, dimensions and measures as positions of columns. */
final class ScanPlanner {
    private final PlanColumns plan;
    private final Grouping grouping;
    private final Measures measures;
    private final ColumnRef identity;
    private final List<ColumnName> columns = new ArrayList<>();

    private ScanPlanner(PlanColumns plan, Grouping grouping, Measures measures, ColumnRef identity) {
        this.plan = plan;
        this.grouping = grouping;
        this.measures = measures;
        this.identity = identity;
        columns.add(identity.column());
    }

    /** The scan of {@code from} first, then those of the joins. */
    static List<ScanPlan> scans(PlanColumns plan, Grouping grouping, Measures measures) throws EngineFailure {
        var scans = new ArrayList<ScanPlan>();
        scans.add(new ScanPlanner(plan, grouping, measures, plan.plan().from()).scan(false));
        for (var join : plan.plan().joins()) {
            var planner = new ScanPlanner(plan, grouping, measures, join.right());
            scans.add(planner.scan(join.kind() == Plan.Join.Kind.LEFT));
        }
        return scans;
    }

    private ScanPlan scan(boolean left) throws EngineFailure {
        var filters = new ArrayList<RowFilter>();
        for (var condition : plan.plan().where()) {
            if (plan.datasetOf(condition).equals(identity.dataset())) {
                filters.add(filter(condition));
            }
        }
        var digits = digits();
        var selecting = List.copyOf(columns);
        // A condition never holds for those who are not in a dataset, and a dimension has no value for them.
        var stay = left && filters.isEmpty() ? absent(digits) : Optional.<Long>empty();
        return new ScanPlan(identity.dataset(), columns, selecting, filters, digits, values(), stay);
    }

    private RowFilter filter(Condition condition) throws EngineFailure {
        return switch (condition) {
            case Condition.Test test -> test(test);
            case Condition.AnyOf(var parts) -> new RowFilter.AnyOf(filters(parts));
            case Condition.AllOf(var parts) -> new RowFilter.AllOf(filters(parts));
        };
    }

    private List<RowFilter> filters(List<Condition> conditions) throws EngineFailure {
        var filters = new ArrayList<RowFilter>();
        for (var condition : conditions) {
            filters.add(filter(condition));
        }
        return filters;
    }

    private RowFilter test(Condition.Test test) throws EngineFailure {
        var column = plan.column(test.column());
        var filter = switch (column.type()) {
            case ColumnType.Text() -> TextFilter.of(test, column.domain());
            case ColumnType.Identity() -> throw new EngineFailure(EngineFailure.Code.PLAN_UNSUPPORTED);
            default -> NumberFilter.of(test, NumberForm.of(column));
        };
        return new RowFilter.Test(position(column.name()), filter);
    }

    private List<ScanPlan.Digit> digits() throws EngineFailure {
        var digits = new ArrayList<ScanPlan.Digit>();
        var groups = plan.plan().groupBy();
        for (int i = 0; i < groups.size(); i++) {
            var dimension = groups.get(i).dimension();
            if (dimension.dataset().equals(identity.dataset())) {
                digits.add(new ScanPlan.Digit(position(dimension.column()), i, cases(groups.get(i))));
            }
        }
        return digits;
    }

    private Optional<ScanPlan.Cases> cases(Group group) throws EngineFailure {
        if (group.buckets().isEmpty()) {
            return Optional.empty();
        }
        var conditions = new ArrayList<RowFilter>();
        for (var bucket : group.buckets().get().cases()) {
            if (bucket.when().tests().stream().anyMatch(test -> !test.column().equals(group.dimension()))) {
                throw new EngineFailure(EngineFailure.Code.PLAN_UNSUPPORTED);
            }
            conditions.add(filter(bucket.when()));
        }
        return Optional.of(
                new ScanPlan.Cases(conditions, group.buckets().get().otherwise().isPresent()));
    }

    /** The part of the group's number where each dimension is {@code otherwise}; empty where one has no such bucket. */
    private Optional<Long> absent(List<ScanPlan.Digit> digits) {
        long number = 0;
        for (var digit : digits) {
            var cases = digit.buckets();
            if (cases.isEmpty() || !cases.get().otherwise()) {
                return Optional.empty();
            }
            number += cases.get().conditions().size()
                    * grouping.dimensions().get(digit.dimension()).weight();
        }
        return Optional.of(number);
    }

    private List<ScanPlan.Value> values() {
        var values = new ArrayList<ScanPlan.Value>();
        for (int i = 0; i < measures.columns().size(); i++) {
            var measure = measures.columns().get(i);
            if (measure.column().dataset().equals(identity.dataset())) {
                var bounds = measure.form().bounds();
                values.add(new ScanPlan.Value(position(measure.column().column()), i, bounds));
            }
        }
        return values;
    }

    /** The position of a column, which is added where it is not there yet. */
    private int position(ColumnName name) {
        if (!columns.contains(name)) {
            columns.add(name);
        }
        return columns.indexOf(name);
    }
}
