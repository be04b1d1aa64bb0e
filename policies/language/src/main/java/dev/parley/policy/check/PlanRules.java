package dev.parley.policy.check;

import dev.parley.policy.bundle.Column;
import dev.parley.policy.bundle.ColumnRole;
import dev.parley.policy.bundle.Dataset;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.policy.bundle.Template;
import dev.parley.policy.plan.Aggregate;
import dev.parley.policy.plan.ColumnName;
import dev.parley.policy.plan.ColumnRef;
import dev.parley.policy.plan.Literal;
import dev.parley.policy.plan.Plan;
import dev.parley.policy.query.BoundQuery;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What a plan may do with which column. */
final class PlanRules {
    static final long MAX_GROUPS = 100_000;

    private final PolicyBundle bundle;
    private final Template template;
    private final Refusals refusals;

    PlanRules(PolicyBundle bundle, Template template, Refusals refusals) {
        this.bundle = bundle;
        this.template = template;
        this.refusals = refusals;
    }

    void check(Plan plan) {
        checkDatasets(plan);
        if (!refusals.isEmpty()) {
            return;
        }
        checkOutputs(plan);
        plan.groupBy().forEach(group -> checkGroup(plan, group));
        checkGroupCount(plan);
        for (var aggregate : plan.aggregates()) {
            switch (aggregate) {
                case Aggregate.CountRows rows -> {}
                case Aggregate.CountPeople people -> {}
                case Aggregate.Sum(var measure, var as) -> checkMeasure(plan, measure);
                case Aggregate.Mean(var measure, var as) -> checkMeasure(plan, measure);
            }
        }
        var conditions = new ConditionRules(template, refusals);
        for (var condition : plan.where()) {
            column(plan, condition.column())
                    .ifPresent(found -> conditions.check(condition, found.dataset(), found.column()));
        }
        checkParameterUse(plan);
    }

    private record Found(Dataset dataset, Column column) {}

    private void checkDatasets(Plan plan) {
        for (var id : plan.datasets()) {
            if (bundle.dataset(id).isEmpty()) {
                var ids = bundle.datasets().stream().map(d -> d.id().value()).toList();
                refusals.template(RefusalCode.UNKNOWN_DATASET, template, "sql", nearest(id.value(), ids));
            }
        }
        if (!refusals.isEmpty()) {
            return;
        }
        identity(plan.left());
        plan.join().ifPresent(join -> checkJoin(plan.left(), join.right()));
    }

    private void checkJoin(ColumnRef left, ColumnRef right) {
        identity(right);
        if (left.dataset().equals(right.dataset())) {
            refusals.template(RefusalCode.SELF_JOIN, template, "sql", right, "a join of two datasets");
            return;
        }
        var leftProfile =
                bundle.dataset(left.dataset()).orElseThrow().identity().normalisation();
        var rightDataset = bundle.dataset(right.dataset()).orElseThrow();
        if (!leftProfile.equals(rightDataset.identity().normalisation())) {
            refusals.column(
                    RefusalCode.JOIN_PROFILES_DIFFER,
                    rightDataset,
                    right,
                    "identities of one normalisation profile: " + leftProfile.orElse(""));
        }
    }

    /** Only the column that counts a dataset's people may join: otherwise limits per person would bind nobody. */
    private void identity(ColumnRef column) {
        var dataset = bundle.dataset(column.dataset()).orElseThrow();
        if (!column.column().equals(dataset.privacyUnit())) {
            refusals.column(
                    RefusalCode.JOIN_NOT_ON_IDENTITY, dataset, column, dataset.id() + "." + dataset.privacyUnit());
        }
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
                    nearest(ref.column().value(), names));
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

    private void checkGroup(Plan plan, Plan.Group group) {
        var found = column(plan, group.dimension());
        if (found.isEmpty()) {
            return;
        }
        var column = found.get().column();
        if (column.role() != ColumnRole.DIMENSION) {
            refusals.column(
                    RefusalCode.COLUMN_ROLE_FORBIDS_GROUPING,
                    found.get().dataset(),
                    group.dimension(),
                    "grouping by " + columnsOf(found.get().dataset(), ColumnRole.DIMENSION));
        } else if (template.mode().addsNoise() && column.domain().isEmpty()) {
            refusals.column(
                    RefusalCode.DIMENSION_WITHOUT_DOMAIN,
                    found.get().dataset(),
                    group.dimension(),
                    "a declared domain, since noised groups must not follow the data");
        }
    }

    private void checkGroupCount(Plan plan) {
        if (groups(plan).filter(count -> count > MAX_GROUPS).isPresent()) {
            refusals.template(
                    RefusalCode.TOO_MANY_GROUPS, template, "sql", "dimensions with at most 100,000 groups together");
        }
    }

    /** How many groups the declared domains allow, where all are declared; saturates beyond the limit. */
    private Optional<Long> groups(Plan plan) {
        var count = 1L;
        for (var group : plan.groupBy()) {
            var domain = bundle.dataset(group.dimension().dataset())
                    .flatMap(dataset -> dataset.column(group.dimension().column()))
                    .flatMap(Column::domain);
            if (domain.isEmpty()) {
                return Optional.empty();
            }
            count = Math.min(MAX_GROUPS + 1, count * domain.get().values().size());
        }
        return Optional.of(count);
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
        var used = new HashSet<ColumnName>();
        for (var condition : plan.where()) {
            for (var literal : BoundQuery.literals(condition)) {
                if (literal instanceof Literal.Parameter(var name)) {
                    used.add(name);
                }
            }
        }
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

    private static String columnsOf(Dataset dataset, ColumnRole role) {
        return dataset.columns().stream()
                .filter(column -> column.role() == role)
                .map(column -> dataset.id() + "." + column.name())
                .toList()
                .toString();
    }

    private static String nearest(String word, java.util.List<String> candidates) {
        return Nearest.to(word, candidates).orElseGet(() -> String.join(", ", candidates));
    }
}
