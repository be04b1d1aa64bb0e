package dev.parley.policy.check;

import dev.parley.policy.bundle.Column;
import dev.parley.policy.bundle.ColumnRole;
import dev.parley.policy.bundle.ColumnType;
import dev.parley.policy.bundle.Dataset;
import dev.parley.policy.bundle.Template;
import dev.parley.policy.plan.Condition;
import dev.parley.policy.plan.Literal;
import java.math.BigDecimal;

/**
 * What a condition may compare. A column without a declared domain cannot be filtered: free text picks out one person as
 * well as an identity does.
 */
final class ConditionRules {
    private final Template template;
    private final Refusals refusals;

    ConditionRules(Template template, Refusals refusals) {
        this.template = template;
        this.refusals = refusals;
    }

    void check(Condition.Test condition, Dataset dataset, Column column) {
        if (column.role() != ColumnRole.DIMENSION && column.role() != ColumnRole.FILTER) {
            refusals.column(
                    RefusalCode.COLUMN_ROLE_FORBIDS_FILTER,
                    dataset,
                    condition.column(),
                    "conditions on dimensions and filters");
            return;
        }
        var text = column.type() instanceof ColumnType.Text && column.domain().isEmpty();
        var number = column.type().isNumber() && column.bounds().isEmpty();
        if (text || number) {
            refusals.column(
                    RefusalCode.FILTER_WITHOUT_DOMAIN,
                    dataset,
                    condition.column(),
                    text ? "a declared domain" : "declared bounds");
            return;
        }
        checkOperator(condition, dataset, column);
        condition.literals().forEach(literal -> checkLiteral(literal, condition, dataset, column));
    }

    private void checkOperator(Condition.Test condition, Dataset dataset, Column column) {
        var unordered = column.type() instanceof ColumnType.Text || column.type() instanceof ColumnType.Truth;
        if (!unordered || !(condition instanceof Condition.Compare compare)) {
            return;
        }
        switch (compare.operator()) {
            case EQUAL, NOT_EQUAL -> {}
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                refusals.column(RefusalCode.OPERATOR_NOT_FOR_TYPE, dataset, condition.column(), "=, <> or IN");
        }
    }

    private void checkLiteral(Literal literal, Condition.Test condition, Dataset dataset, Column column) {
        if (literal instanceof Literal.Parameter(var name)) {
            var parameter = template.parameter(name);
            if (parameter.isEmpty()) {
                refusals.template(
                        RefusalCode.PARAMETER_UNDECLARED,
                        template,
                        "parameters",
                        condition.column(),
                        "a declaration of " + name + " as " + column.type().text());
            } else if (!parameter.get().type().equals(column.type())) {
                refusals.template(
                        RefusalCode.PARAMETER_TYPE_MISMATCH,
                        template,
                        "parameters/" + name,
                        condition.column(),
                        "type " + column.type().text());
            }
        } else if (!column.type().accepts(literal)) {
            refusals.column(
                    RefusalCode.LITERAL_TYPE_MISMATCH,
                    dataset,
                    condition.column(),
                    "a constant of type " + column.type().text());
        } else if (!inDomain(literal, column)) {
            refusals.column(RefusalCode.LITERAL_OUTSIDE_DOMAIN, dataset, condition.column(), allowed(column));
        }
    }

    private static boolean inDomain(Literal literal, Column column) {
        return switch (literal) {
            case Literal.Text(var value) -> column.domain().orElseThrow().contains(value);
            case Literal.Whole(var value) -> column.bounds().orElseThrow().contains(BigDecimal.valueOf(value));
            case Literal.Decimal(var value) -> column.bounds().orElseThrow().contains(value);
            case Literal.Truth truth -> true;
            case Literal.Date date -> true;
            case Literal.Timestamp timestamp -> true;
            case Literal.Parameter parameter -> false;
        };
    }

    private static String allowed(Column column) {
        if (column.bounds().isPresent()) {
            var bounds = column.bounds().get();
            return "from " + bounds.min().toPlainString() + " to "
                    + bounds.max().toPlainString();
        }
        var values = column.domain().orElseThrow().values();
        var first = String.join(", ", values.subList(0, Math.min(12, values.size())));
        return "one of " + first + (values.size() > 12 ? ", …" : "");
    }
}
