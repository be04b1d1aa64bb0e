package dev.parley.policy.sql;

import dev.parley.policy.plan.Aggregate;
import dev.parley.policy.plan.Buckets;
import dev.parley.policy.plan.CellCondition;
import dev.parley.policy.plan.ColumnName;
import dev.parley.policy.plan.ColumnRef;
import dev.parley.policy.plan.Condition;
import dev.parley.policy.plan.Excerpt;
import dev.parley.policy.plan.Group;
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
import java.util.function.Function;
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
        lines.add("FROM " + name(plan.from().dataset().value()));
        plan.joins().forEach(join -> lines.add(join(join)));
        clause(lines, "WHERE ", plan.where(), this::inParentheses, "\n  AND ");
        clause(lines, "GROUP BY ", plan.groupBy(), this::group, ", ");
        clause(lines, "HAVING ", plan.excerpt().having(), this::having, "\n   AND ");
        clause(lines, "ORDER BY ", plan.excerpt().order(), PlanText::order, ", ");
        plan.excerpt().limit().ifPresent(rows -> lines.add("LIMIT " + rows));
        return String.join("\n", lines);
    }

    private static <T> void clause(
            List<String> lines, String word, List<T> parts, Function<T, String> text, String between) {
        if (!parts.isEmpty()) {
            lines.add(word + parts.stream().map(text).collect(Collectors.joining(between)));
        }
    }

    private List<String> outputs() {
        var outputs = new ArrayList<String>();
        for (var group : plan.groupBy()) {
            var same = group.buckets().isEmpty()
                    && group.as().equals(group.dimension().column());
            outputs.add(group(group) + (same ? "" : " AS " + name(group.as())));
        }
        for (var aggregate : plan.aggregates()) {
            outputs.add(figure(aggregate) + " AS " + name(aggregate.as()));
        }
        return outputs;
    }

    private String group(Group group) {
        return group.buckets().map(this::buckets).orElseGet(() -> column(group.dimension()));
    }

    private String buckets(Buckets buckets) {
        var text = new StringBuilder("CASE");
        for (var bucket : buckets.cases()) {
            text.append(" WHEN ")
                    .append(condition(bucket.when()))
                    .append(" THEN ")
                    .append(quoted(bucket.label()));
        }
        buckets.otherwise().ifPresent(label -> text.append(" ELSE ").append(quoted(label)));
        return text.append(" END").toString();
    }

    /** The aggregate itself, as in standard SQL; its name, where it stands in the result twice. */
    private String having(CellCondition condition) {
        var figures = plan.aggregates().stream()
                .filter(aggregate -> aggregate.as().equals(condition.cell()))
                .map(this::figure)
                .toList();
        var unique = figures.size() == 1
                && plan.aggregates().stream()
                                .filter(aggregate -> figure(aggregate).equals(figures.getFirst()))
                                .count()
                        == 1;
        return (unique ? figures.getFirst() : output(condition.cell())) + " " + sign(condition.operator()) + " "
                + literal(condition.value());
    }

    private static String order(Excerpt.Order order) {
        return output(order.by()) + (order.descending() ? " DESC" : "");
    }

    /** The name of an output where an expression may stand: words of SQL are quoted, whether they are reserved or not. */
    private static String output(ColumnName name) {
        return Grammar.isWord(name.value()) ? '"' + name.value() + '"' : name(name);
    }

    private String figure(Aggregate aggregate) {
        return switch (aggregate) {
            case Aggregate.CountRows rows -> "COUNT(*)";
            case Aggregate.CountPeople people -> "COUNT(DISTINCT " + column(plan.from()) + ")";
            case Aggregate.Sum sum -> "SUM(" + column(sum.measure()) + ")";
            case Aggregate.Mean mean -> "AVG(" + column(mean.measure()) + ")";
        };
    }

    private String join(Plan.Join join) {
        var kind = switch (join.kind()) {
            case INNER -> "JOIN ";
            case LEFT -> "LEFT JOIN ";
        };
        return kind + name(join.right().dataset().value()) + " ON " + column(plan.from()) + " = "
                + column(join.right());
    }

    private String condition(Condition condition) {
        return switch (condition) {
            case Condition.Compare(var column, var operator, var value) ->
                column(column) + " " + sign(operator) + " " + literal(value);
            case Condition.OneOf(var column, var values) ->
                column(column) + " IN ("
                        + values.stream().map(PlanText::literal).collect(Collectors.joining(", ")) + ")";
            case Condition.AnyOf(var parts) ->
                parts.stream().map(this::inParentheses).collect(Collectors.joining(" OR "));
            case Condition.AllOf(var parts) ->
                parts.stream().map(this::inParentheses).collect(Collectors.joining(" AND "));
        };
    }

    private String inParentheses(Condition condition) {
        return condition instanceof Condition.Test ? condition(condition) : "(" + condition(condition) + ")";
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

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static String literal(Literal literal) {
        return switch (literal) {
            case Literal.Text(var value) -> quoted(value);
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
        return plan.joins().isEmpty() ? name : name(column.dataset().value()) + "." + name;
    }

    private static String name(ColumnName name) {
        return name(name.value());
    }

    /** In double quotes where it must be. */
    static String name(String name) {
        return Grammar.needsQuotes(name) ? '"' + name + '"' : name;
    }
}
