package dev.parley.policy.check;

import dev.parley.policy.bundle.Column;
import dev.parley.policy.bundle.ColumnRole;
import dev.parley.policy.bundle.Dataset;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.policy.bundle.Template;
import dev.parley.policy.plan.Aggregate;
import dev.parley.policy.plan.ColumnName;
import dev.parley.policy.plan.ColumnRef;
import dev.parley.policy.plan.Condition;
import dev.parley.policy.plan.Literal;
import dev.parley.policy.plan.Plan;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a plan may do with which column: {@code docs/spec/plan.md} §4. */
final class PlanRules {
    private final PolicyBundle bundle;
    private final Template template;
    private final Refusals refusals;

    PlanRules(PolicyBundle bundle, Template template, Refusals refusals) {
        this.bundle = bundle;
        this.template = template;
        this.refusals = refusals;
    }

    void check(Plan plan) {
        new JoinRules(bundle, template, refusals).check(plan);
        if (!refusals.isEmpty()) {
            return;
        }
        checkOutputs(plan);
        var conditions = new ConditionRules(template, refusals);
        var groups = new GroupRules(template, conditions, refusals);
        plan.groupBy()
                .forEach(group -> column(plan, group.dimension())
                        .ifPresent(found -> groups.check(group, found.dataset(), found.column())));
        groups.checkCount(plan, bundle);
        for (var aggregate : plan.aggregates()) {
            measure(aggregate).ifPresent(measure -> checkMeasure(plan, measure));
        }
        plan.where().forEach(condition -> checkCondition(plan, condition, conditions));
        new ExcerptRules(bundle, template, refusals).check(plan);
        checkParameterUse(plan);
    }

    private record Found(Dataset dataset, Column column) {}

    /** The column that a figure is made of, if it is made of one. */
    static Optional<ColumnRef> measure(Aggregate aggregate) {
        return switch (aggregate) {
            case Aggregate.CountRows rows -> Optional.empty();
            case Aggregate.CountPeople people -> Optional.empty();
            case Aggregate.Sum(var measure, var as) -> Optional.of(measure);
            case Aggregate.Mean(var measure, var as) -> Optional.of(measure);
        };
    }

    private Optional<Found> column(Plan plan, ColumnRef ref) {
        if (!plan.datasets().contains(ref.dataset())) {
            refusals.template(RefusalCode.DATASET_NOT_JOINED, template, "sql", ref, "columns of " + plan.datasets());
            return Optional.empty();
        }
        var dataset = bundle.dataset(ref.dataset()).orElseThrow();
        var column = dataset.column(ref.column());
        if (column.isEmpty()) {
            var names = dataset.columns().stream()
                    .filter(c -> c.role() != ColumnRole.HIDDEN)
                    .map(c -> c.name().value())
                    .toList();
            refusals.column(
                    RefusalCode.UNKNOWN_COLUMN,
                    dataset,
                    ref,
                    Nearest.orAll(ref.column().value(), names));
        }
        return column.map(found -> new Found(dataset, found));
    }

    private void checkOutputs(Plan plan) {
        var names = new HashSet<ColumnName>();
        plan.groupBy().forEach(group -> checkOutput(names, group.as()));
        plan.aggregates().forEach(aggregate -> checkOutput(names, aggregate.as()));
    }

    private void checkOutput(Set<ColumnName> names, ColumnName name) {
        if (!names.add(name)) {
            refusals.template(RefusalCode.OUTPUT_NAME_TWICE, template, "sql", "another name than " + name);
        }
    }

    /** Each condition is decided where its dataset is read, so its columns are of one. */
    private void checkCondition(Plan plan, Condition condition, ConditionRules rules) {
        var datasets = condition.tests().stream()
                .map(test -> test.column().dataset())
                .distinct()
                .toList();
        if (datasets.size() > 1) {
            refusals.template(
                    RefusalCode.CONDITION_ACROSS_DATASETS, template, "sql", "one condition per dataset: " + datasets);
        }
        for (var test : condition.tests()) {
            column(plan, test.column()).ifPresent(found -> rules.check(test, found.dataset(), found.column()));
        }
    }

    private void checkMeasure(Plan plan, ColumnRef measure) {
        var found = column(plan, measure);
        if (found.isEmpty()) {
            return;
        }
        var column = found.get().column();
        if (column.role() != ColumnRole.MEASURE) {
            refusals.column(
                    RefusalCode.COLUMN_ROLE_FORBIDS_AGGREGATION,
                    found.get().dataset(),
                    measure,
                    "aggregates of " + columnsOf(found.get().dataset(), ColumnRole.MEASURE));
        } else if (column.bounds().isEmpty()) {
            refusals.column(
                    RefusalCode.MEASURE_WITHOUT_BOUNDS,
                    found.get().dataset(),
                    measure,
                    "declared bounds, to which each value is clamped");
        }
    }

    private void checkParameterUse(Plan plan) {
        // A bound plan has no gaps left, so only the template's own plan is asked whether each of them is used.
        if (!plan.equals(template.plan())) {
            return;
        }
        var used = plan.literals().stream()
                .filter(Literal.Parameter.class::isInstance)
                .map(literal -> ((Literal.Parameter) literal).name())
                .collect(Collectors.toSet());
        for (var parameter : template.parameters()) {
            if (!used.contains(parameter.name())) {
                refusals.template(
                        RefusalCode.PARAMETER_UNUSED,
                        template,
                        "parameters/" + parameter.name(),
                        "a parameter that the SQL compares a column with");
            }
        }
    }

    static String columnsOf(Dataset dataset, ColumnRole role) {
        return dataset.columns().stream()
                .filter(column -> column.role() == role)
                .map(column -> dataset.id() + "." + column.name())
                .toList()
                .toString();
    }
}
