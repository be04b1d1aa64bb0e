package dev.parley.policy.check;

import dev.parley.policy.bundle.ColumnType;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.policy.bundle.Template;
import dev.parley.policy.plan.Aggregate;
import dev.parley.policy.plan.CellCondition;
import dev.parley.policy.plan.ColumnName;
import dev.parley.policy.plan.Group;
import dev.parley.policy.plan.Literal;
import dev.parley.policy.plan.Plan;
import java.util.List;
import java.util.stream.Stream;

/** What the released result may be searched and sorted by: its own columns. */
final class ExcerptRules {
    private final PolicyBundle bundle;
    private final Template template;
    private final Refusals refusals;

    ExcerptRules(PolicyBundle bundle, Template template, Refusals refusals) {
        this.bundle = bundle;
        this.template = template;
        this.refusals = refusals;
    }

    void check(Plan plan) {
        var figures = plan.aggregates().stream().map(Aggregate::as).toList();
        var outputs = Stream.concat(plan.groupBy().stream().map(Group::as), figures.stream())
                .toList();
        plan.excerpt().order().forEach(order -> requireOutput(order.by(), outputs));
        for (var condition : plan.excerpt().having()) {
            requireOutput(condition.cell(), figures);
            plan.aggregates().stream()
                    .filter(aggregate -> aggregate.as().equals(condition.cell()))
                    .findFirst()
                    .ifPresent(aggregate -> checkLiteral(condition, aggregate));
        }
    }

    private void requireOutput(ColumnName name, List<ColumnName> outputs) {
        if (!outputs.contains(name)) {
            var names = outputs.stream().map(ColumnName::value).toList();
            refusals.template(RefusalCode.UNKNOWN_OUTPUT, template, "sql", Nearest.orAll(name.value(), names));
        }
    }

    private void checkLiteral(CellCondition condition, Aggregate aggregate) {
        var whole = isWhole(aggregate);
        var expected = whole ? "a whole number" : "a number";
        switch (condition.value()) {
            case Literal.Whole number -> {}
            case Literal.Decimal number when !whole -> {}
            case Literal.Parameter(var name) -> checkParameter(name, whole, expected);
            case Literal.Decimal d -> refuse(condition, expected);
            case Literal.Text t -> refuse(condition, expected);
            case Literal.Truth t -> refuse(condition, expected);
            case Literal.Date d -> refuse(condition, expected);
            case Literal.Timestamp t -> refuse(condition, expected);
        }
    }

    private void refuse(CellCondition condition, String expected) {
        refusals.template(RefusalCode.LITERAL_TYPE_MISMATCH, template, "sql", expected + " beside " + condition.cell());
    }

    private void checkParameter(ColumnName name, boolean whole, String expected) {
        var parameter = template.parameter(name);
        if (parameter.isEmpty()) {
            refusals.template(
                    RefusalCode.PARAMETER_UNDECLARED,
                    template,
                    "parameters",
                    "a declaration of " + name + " as " + expected);
        } else if (!(parameter.get().type() instanceof ColumnType.Whole)
                && (whole || !(parameter.get().type() instanceof ColumnType.Decimal))) {
            refusals.template(
                    RefusalCode.PARAMETER_TYPE_MISMATCH, template, "parameters/" + name, "the type of " + expected);
        }
    }

    /** Counts are whole numbers, and sums of them; a mean is not. */
    private boolean isWhole(Aggregate aggregate) {
        return switch (aggregate) {
            case Aggregate.CountRows rows -> true;
            case Aggregate.CountPeople people -> true;
            case Aggregate.Mean mean -> false;
            case Aggregate.Sum(var measure, var as) ->
                bundle.dataset(measure.dataset())
                        .flatMap(dataset -> dataset.column(measure.column()))
                        .filter(column -> column.type() instanceof ColumnType.Whole)
                        .isPresent();
        };
    }
}
