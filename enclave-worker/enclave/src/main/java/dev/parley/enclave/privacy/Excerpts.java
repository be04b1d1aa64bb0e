package dev.parley.enclave.privacy;

import dev.parley.policy.plan.Aggregate;
import dev.parley.policy.plan.CellCondition;
import dev.parley.policy.plan.ColumnName;
import dev.parley.policy.plan.Excerpt;
import dev.parley.policy.plan.Group;
import dev.parley.policy.plan.Literal;
import dev.parley.policy.plan.Plan;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/**
 * The part of a released result that a plan shows: {@code docs/spec/privacy.md} §5. Takes what may leave and gives less of
 * it, so nothing that happens here can tell anything more.
 */
public final class Excerpts {
    private final ReleasedResult result;

    private Excerpts(ReleasedResult result) {
        this.result = result;
    }

    /** Whether a plan's excerpt names its outputs and compares cells with numbers; depends on no data. */
    public static boolean supports(Plan plan) {
        var figures = plan.aggregates().stream().map(Aggregate::as).toList();
        var groups = plan.groupBy().stream().map(Group::as).toList();
        return plan.excerpt().having().stream()
                        .allMatch(condition -> figures.contains(condition.cell())
                                && number(condition.value()).isPresent())
                && plan.excerpt().order().stream()
                        .allMatch(order -> figures.contains(order.by()) || groups.contains(order.by()));
    }

    public static ReleasedResult of(ReleasedResult result, Excerpt excerpt) {
        if (excerpt.equals(Excerpt.WHOLE)) {
            return result;
        }
        var excerpts = new Excerpts(result);
        var rows = result.rows().stream()
                .filter(row -> excerpt.having().stream().allMatch(condition -> excerpts.meets(row, condition)));
        // Sorting is stable: rows that are equal keep the order of the result.
        for (var order : excerpt.order().reversed()) {
            rows = rows.sorted(excerpts.comparator(order));
        }
        return new ReleasedResult(
                result.mode(),
                result.dimensions(),
                result.columns(),
                rows.limit(excerpt.limit().orElse(Integer.MAX_VALUE)).toList());
    }

    private boolean meets(ReleasedResult.Row row, CellCondition condition) {
        var value = value(row, figure(condition.cell()));
        if (value.isEmpty()) {
            return false;
        }
        int order = value.get().compareTo(number(condition.value()).orElseThrow());
        return switch (condition.operator()) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
        };
    }

    private Comparator<ReleasedResult.Row> comparator(Excerpt.Order order) {
        int group = result.dimensions().indexOf(order.by());
        if (group >= 0) {
            var texts = Comparator.<ReleasedResult.Row, int[]>comparing(
                    row -> row.group().get(group).codePoints().toArray(), Arrays::compare);
            return order.descending() ? texts.reversed() : texts;
        }
        int figure = figure(order.by());
        var values = Comparator.<BigDecimal>naturalOrder();
        var suppressedLast = Comparator.<ReleasedResult.Row, Boolean>comparing(
                row -> value(row, figure).isEmpty());
        return suppressedLast.thenComparing(
                row -> value(row, figure).orElse(BigDecimal.ZERO), order.descending() ? values.reversed() : values);
    }

    private int figure(ColumnName name) {
        for (int i = 0; i < result.columns().size(); i++) {
            if (result.columns().get(i).as().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("not an output of the plan");
    }

    private static Optional<BigDecimal> value(ReleasedResult.Row row, int figure) {
        return switch (row.cells().get(figure)) {
            case Cell.Released(var value, var halfWidth) -> Optional.of(value);
            case Cell.Suppressed() -> Optional.empty();
        };
    }

    private static Optional<BigDecimal> number(Literal literal) {
        return switch (literal) {
            case Literal.Whole(var value) -> Optional.of(BigDecimal.valueOf(value));
            case Literal.Decimal(var value) -> Optional.of(value);
            case Literal.Text t -> Optional.empty();
            case Literal.Truth t -> Optional.empty();
            case Literal.Date d -> Optional.empty();
            case Literal.Timestamp t -> Optional.empty();
            case Literal.Parameter p -> Optional.empty();
        };
    }
}
