package dev.parley.policy.query;

import dev.parley.policy.plan.Buckets;
import dev.parley.policy.plan.CellCondition;
import dev.parley.policy.plan.ColumnName;
import dev.parley.policy.plan.Condition;
import dev.parley.policy.plan.Excerpt;
import dev.parley.policy.plan.Group;
import dev.parley.policy.plan.Literal;
import dev.parley.policy.plan.Plan;
import dev.parley.protocol.encoding.Malformed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Constants for the parameters of a plan, wherever one may stand. */
final class Binding {
    private final Map<ColumnName, Literal> values;

    Binding(Map<ColumnName, Literal> values) {
        this.values = Map.copyOf(values);
    }

    /** Something of a plan with its parameters replaced. */
    private interface Bound<T> {
        T of(T part) throws Malformed;
    }

    Plan bind(Plan plan) throws Malformed {
        return new Plan(
                plan.from(),
                plan.joins(),
                each(plan.where(), this::condition),
                each(plan.groupBy(), this::group),
                plan.aggregates(),
                new Excerpt(
                        each(plan.excerpt().having(), this::cell),
                        plan.excerpt().order(),
                        plan.excerpt().limit()));
    }

    private Condition condition(Condition condition) throws Malformed {
        return switch (condition) {
            case Condition.Compare(var column, var operator, var value) ->
                new Condition.Compare(column, operator, literal(value));
            case Condition.OneOf(var column, var literals) ->
                new Condition.OneOf(column, each(literals, this::literal));
            case Condition.AnyOf(var parts) -> new Condition.AnyOf(each(parts, this::condition));
            case Condition.AllOf(var parts) -> new Condition.AllOf(each(parts, this::condition));
        };
    }

    private Group group(Group group) throws Malformed {
        if (group.buckets().isEmpty()) {
            return group;
        }
        var buckets = group.buckets().get();
        var bound = new Buckets(each(buckets.cases(), this::bucket), buckets.otherwise());
        return new Group(group.dimension(), group.as(), Optional.of(bound));
    }

    private Buckets.Case bucket(Buckets.Case bucket) throws Malformed {
        return new Buckets.Case(bucket.label(), condition(bucket.when()));
    }

    private CellCondition cell(CellCondition condition) throws Malformed {
        return new CellCondition(condition.cell(), condition.operator(), literal(condition.value()));
    }

    private Literal literal(Literal literal) throws Malformed {
        if (!(literal instanceof Literal.Parameter(var name))) {
            return literal;
        }
        var value = values.get(name);
        if (value == null || value instanceof Literal.Parameter) {
            throw new Malformed("parameter " + name + " has no constant");
        }
        return value;
    }

    private static <T> List<T> each(List<T> parts, Bound<T> bound) throws Malformed {
        var all = new ArrayList<T>();
        for (var part : parts) {
            all.add(bound.of(part));
        }
        return all;
    }
}
