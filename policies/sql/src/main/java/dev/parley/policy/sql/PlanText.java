package dev.parley.policy.sql;

import dev.parley.policy.plan.Aggregate;
import dev.parley.policy.plan.ColumnName;
import dev.parley.policy.plan.ColumnRef;
import dev.parley.policy.plan.Condition;
import dev.parley.policy.plan.Literal;
import dev.parley.policy.plan.Plan;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A plan as SQL of this dialect, made from the plan alone. */
final class PlanText {
    private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter(Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Plan plan;

    PlanText(Plan plan) {
        this.plan = plan;
    }

    @Override
    public String toString() {
        var lines = new ArrayList<String>();
        lines.add("SELECT " + String.join(",\n       ", outputs()));
        lines.add("FROM " + name(plan.left().dataset().value()));
        plan.join().map(this::join).ifPresent(lines::add);
        if (!plan.where().isEmpty()) {
            lines.add("WHERE " + plan.where().stream().map(this::condition).collect(Collectors.joining("\n  AND ")));
        }
        if (!plan.groupBy().isEmpty()) {
            lines.add("GROUP BY "
                    + plan.groupBy().stream()
                            .map(group -> column(group.dimension()))
                            .collect(Collectors.joining(", ")));
        }
        return String.join("\n", lines);
    }

    private List<String> outputs() {
        var outputs = new ArrayList<String>();
        for (var group : plan.groupBy()) {
            var same = group.as().equals(group.dimension().column());
            outputs.add(column(group.dimension()) + (same ? "" : " AS " + name(group.as())));
        }
        for (var aggregate : plan.aggregates()) {
            outputs.add(figure(aggregate) + " AS " + name(aggregate.as()));
        }
        return outputs;
    }

    private String figure(Aggregate aggregate) {
        return switch (aggregate) {
            case Aggregate.CountRows rows -> "COUNT(*)";
            case Aggregate.CountPeople people -> "COUNT(DISTINCT " + column(plan.left()) + ")";
            case Aggregate.Sum sum -> "SUM(" + column(sum.measure()) + ")";
            case Aggregate.Mean mean -> "AVG(" + column(mean.measure()) + ")";
        };
    }

    private String join(Plan.Join join) {
        var kind = switch (join.kind()) {
            case INNER -> "JOIN ";
            case LEFT -> "LEFT JOIN ";
        };
        return kind + name(join.right().dataset().value()) + " ON " + column(plan.left()) + " = "
                + column(join.right());
    }

    private String condition(Condition condition) {
        return switch (condition) {
            case Condition.Compare(var column, var operator, var value) ->
                column(column) + " " + sign(operator) + " " + literal(value);
            case Condition.OneOf(var column, var values) ->
                column(column) + " IN ("
                        + values.stream().map(PlanText::literal).collect(Collectors.joining(", ")) + ")";
        };
    }

    private static String sign(Condition.Operator operator) {
        return switch (operator) {
            case EQUAL -> "=";
            case NOT_EQUAL -> "<>";
            case LESS -> "<";
            case LESS_OR_EQUAL -> "<=";
            case GREATER -> ">";
            case GREATER_OR_EQUAL -> ">=";
        };
    }

    private static String literal(Literal literal) {
        return switch (literal) {
            case Literal.Text(var value) -> "'" + value.replace("'", "''") + "'";
            case Literal.Whole(var value) -> Long.toString(value);
            case Literal.Decimal(var value) -> value.toPlainString();
            case Literal.Truth(var value) -> value ? "TRUE" : "FALSE";
            case Literal.Date(var value) -> "DATE '" + value + "'";
            case Literal.Timestamp(Instant value) -> "TIMESTAMP '" + TIMESTAMP.format(value) + "'";
            case Literal.Parameter(var name) -> ":" + name;
        };
    }

    private String column(ColumnRef column) {
        var name = name(column.column());
        return plan.join().isEmpty() ? name : name(column.dataset().value()) + "." + name;
    }

    private static String name(ColumnName name) {
        return name(name.value());
    }

    /** In double quotes where it must be. */
    static String name(String name) {
        return Grammar.needsQuotes(name) ? '"' + name + '"' : name;
    }
}
