package dev.parley.policy.check;

import dev.parley.policy.bundle.Column;
import dev.parley.policy.bundle.ColumnRole;
import dev.parley.policy.bundle.ColumnType;
import dev.parley.policy.bundle.Dataset;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.policy.bundle.Template;
import dev.parley.policy.plan.Buckets;
import dev.parley.policy.plan.Group;
import dev.parley.policy.plan.Plan;
import java.util.HashSet;
import java.util.Optional;

/** What may be a group: a value of a dimension, or a bucket of its values with a declared label. */
final class GroupRules {
    static final long MAX_GROUPS = 100_000;

    private final Template template;
    private final ConditionRules conditions;
    private final Refusals refusals;

    GroupRules(Template template, ConditionRules conditions, Refusals refusals) {
        this.template = template;
        this.conditions = conditions;
        this.refusals = refusals;
    }

    void check(Group group, Dataset dataset, Column column) {
        if (column.role() != ColumnRole.DIMENSION) {
            refusals.column(
                    RefusalCode.COLUMN_ROLE_FORBIDS_GROUPING,
                    dataset,
                    group.dimension(),
                    "grouping by " + PlanRules.columnsOf(dataset, ColumnRole.DIMENSION));
        } else if (group.buckets().isPresent()) {
            checkBuckets(group, group.buckets().get(), dataset, column);
        } else if (!(column.type() instanceof ColumnType.Text)) {
            refusals.column(
                    RefusalCode.DIMENSION_NEEDS_BUCKETS,
                    dataset,
                    group.dimension(),
                    "buckets: CASE WHEN " + column.name() + " < constant THEN 'label' ELSE 'label' END");
        } else if (template.mode().addsNoise() && column.domain().isEmpty()) {
            refusals.column(
                    RefusalCode.DIMENSION_WITHOUT_DOMAIN,
                    dataset,
                    group.dimension(),
                    "a declared domain, since noised groups must not follow the data");
        }
    }

    private void checkBuckets(Group group, Buckets buckets, Dataset dataset, Column column) {
        var labels = new HashSet<String>();
        if (!buckets.labels().stream().allMatch(labels::add)) {
            refusals.column(
                    RefusalCode.BUCKET_LABEL_TWICE, dataset, group.dimension(), "a different label for each bucket");
        }
        for (var bucket : buckets.cases()) {
            for (var test : bucket.when().tests()) {
                if (test.column().equals(group.dimension())) {
                    conditions.check(test, dataset, column);
                } else {
                    refusals.column(
                            RefusalCode.BUCKET_TESTS_ANOTHER_COLUMN,
                            dataset,
                            group.dimension(),
                            "conditions on " + group.dimension() + " alone");
                }
            }
        }
    }

    void checkCount(Plan plan, PolicyBundle bundle) {
        if (groups(plan, bundle).filter(count -> count > MAX_GROUPS).isPresent()) {
            refusals.template(
                    RefusalCode.TOO_MANY_GROUPS, template, "sql", "dimensions with at most 100,000 groups together");
        }
    }

    /** How many groups the declared domains allow, where all are declared; saturates beyond the limit. */
    private static Optional<Long> groups(Plan plan, PolicyBundle bundle) {
        var count = 1L;
        for (var group : plan.groupBy()) {
            var size = group.buckets()
                    .map(buckets -> buckets.labels().size())
                    .or(() -> bundle.dataset(group.dimension().dataset())
                            .flatMap(dataset -> dataset.column(group.dimension().column()))
                            .flatMap(Column::domain)
                            .map(domain -> domain.values().size()));
            if (size.isEmpty()) {
                return Optional.empty();
            }
            count = Math.min(MAX_GROUPS + 1, count * size.get());
        }
        return Optional.of(count);
    }
}
