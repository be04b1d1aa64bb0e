package dev.parley.policy.query;

import static java.util.Objects.requireNonNull;

import dev.parley.policy.plan.ColumnName;
import dev.parley.policy.plan.Condition;
import dev.parley.policy.plan.Literal;
import dev.parley.policy.plan.Plan;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.TemplateId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A plan without gaps: what is executed. Made by {@code Template.bind}. */
public record BoundQuery(TemplateId template, Plan plan) {
    public BoundQuery {
        requireNonNull(template);
        for (var condition : plan.where()) {
            if (literals(condition).stream().anyMatch(Literal.Parameter.class::isInstance)) {
                throw new IllegalArgumentException("a bound query has no parameters left");
            }
        }
    }

    /**
     * Puts constants in the place of parameters.
     *
     * @throws Malformed if the plan has a parameter that {@code values} does not
     */
    public static BoundQuery of(TemplateId template, Plan plan, Map<ColumnName, Literal> values) throws Malformed {
        var where = new ArrayList<Condition>();
        for (var condition : plan.where()) {
            where.add(bind(condition, values));
        }
        return new BoundQuery(template, new Plan(plan.left(), plan.join(), where, plan.groupBy(), plan.aggregates()));
    }

    /** The constants and parameters that a condition compares its column with. */
    public static List<Literal> literals(Condition condition) {
        return switch (condition) {
            case Condition.Compare compare -> List.of(compare.value());
            case Condition.OneOf(var column, var values) -> values;
        };
    }

    private static Condition bind(Condition condition, Map<ColumnName, Literal> values) throws Malformed {
        return switch (condition) {
            case Condition.Compare(var column, var operator, var value) ->
                new Condition.Compare(column, operator, bind(value, values));
            case Condition.OneOf(var column, var literals) -> {
                var bound = new ArrayList<Literal>();
                for (var literal : literals) {
                    bound.add(bind(literal, values));
                }
                yield new Condition.OneOf(column, bound);
            }
        };
    }

    private static Literal bind(Literal literal, Map<ColumnName, Literal> values) throws Malformed {
        if (!(literal instanceof Literal.Parameter(var name))) {
            return literal;
        }
        var value = values.get(name);
        if (value == null || value instanceof Literal.Parameter) {
            throw new Malformed("parameter " + name + " has no constant");
        }
        return value;
    }
}
