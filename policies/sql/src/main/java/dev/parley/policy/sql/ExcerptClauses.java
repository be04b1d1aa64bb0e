package dev.parley.policy.sql;

import dev.parley.policy.bundle.ColumnRole;
import dev.parley.policy.bundle.ColumnType;
import dev.parley.policy.plan.Aggregate;
import dev.parley.policy.plan.CellCondition;
import dev.parley.policy.plan.ColumnName;
import dev.parley.policy.plan.Condition.Operator;
import dev.parley.policy.plan.Excerpt;
import dev.parley.policy.plan.Group;
import dev.parley.policy.sql.CaseBuckets.Grouped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.fun.SqlBetweenOperator;
import org.apache.calcite.sql.fun.SqlCase;
import org.jspecify.annotations.Nullable;

/** Reads HAVING, ORDER BY and LIMIT: what of the released result is shown. All three name columns of the result. */
final class ExcerptClauses {
    private final SelectList list;
    private final GroupByClause grouping;
    private final Scope scope;
    private final Constants constants;

    ExcerptClauses(SelectList list, GroupByClause grouping, Scope scope, Constants constants) {
        this.list = list;
        this.grouping = grouping;
        this.scope = scope;
        this.constants = constants;
    }

    Excerpt read(@Nullable SqlNode having, @Nullable SqlOrderBy ordered) throws NotAllowed {
        var conditions = having(having);
        if (ordered == null) {
            return new Excerpt(conditions, List.of(), Optional.empty());
        }
        if (ordered.offset != null) {
            throw new NotAllowed(SqlRefusal.OFFSET, ordered.offset);
        }
        return new Excerpt(conditions, order(ordered.orderList.getList()), limit(ordered.fetch));
    }

    private List<CellCondition> having(@Nullable SqlNode having) throws NotAllowed {
        var conditions = new ArrayList<CellCondition>();
        if (having == null) {
            return conditions;
        }
        for (var node : Conditions.parts(having, SqlKind.AND)) {
            Expressions.refuseSubquery(node);
            if (!(node instanceof SqlCall call)) {
                throw refusal(node);
            }
            switch (call.getKind()) {
                case EQUALS, NOT_EQUALS, LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL ->
                    conditions.add(comparison(call));
                case BETWEEN -> between(call, conditions);
                default -> throw refusal(call);
            }
            Statement.limit(conditions.size(), Excerpt.MAX_ITEMS, node);
        }
        return conditions;
    }

    private CellCondition comparison(SqlCall call) throws NotAllowed {
        var left = call.operand(0);
        var right = call.operand(1);
        return Expressions.isConstant(left)
                ? condition(right, Conditions.operator(call.getKind().reverse()), left, call)
                : condition(left, Conditions.operator(call.getKind()), right, call);
    }

    private void between(SqlCall call, List<CellCondition> conditions) throws NotAllowed {
        var operator = (SqlBetweenOperator) call.getOperator();
        if (operator.isNegated() || operator.flag == SqlBetweenOperator.Flag.SYMMETRIC) {
            throw refusal(call);
        }
        conditions.add(condition(call.operand(0), Operator.GREATER_OR_EQUAL, call.operand(1), call));
        conditions.add(condition(call.operand(0), Operator.LESS_OR_EQUAL, call.operand(2), call));
    }

    private CellCondition condition(SqlNode cell, Operator operator, SqlNode constant, SqlNode at) throws NotAllowed {
        var figure = figure(cell, at);
        if (!Expressions.isConstant(constant)) {
            throw refusal(at);
        }
        return new CellCondition(figure.as(), operator, constants.cell(constant, isWhole(figure)));
    }

    private Aggregate figure(SqlNode node, SqlNode at) throws NotAllowed {
        if (node instanceof SqlIdentifier identifier && identifier.isSimple()) {
            for (var figure : list.figures()) {
                if (figure.as().value().equals(identifier.getSimple())) {
                    return figure;
                }
            }
        }
        if (Aggregates.isAggregate(node)) {
            var name = named((SqlCall) node);
            return list.figures().stream()
                    .filter(figure -> figure.as().equals(name))
                    .findFirst()
                    .orElseThrow();
        }
        throw refusal(at);
    }

    /** With noise, two columns of one aggregate differ: which one is meant must be said. */
    private ColumnName named(SqlCall aggregate) throws NotAllowed {
        var names = list.named(aggregate);
        if (names.size() != 1) {
            throw new NotAllowed(SqlRefusal.CELL_NOT_SELECTED, aggregate);
        }
        return names.getFirst();
    }

    private NotAllowed refusal(SqlNode node) {
        return new NotAllowed(
                Expressions.mentionsIdentity(node, scope) ? SqlRefusal.IDENTITY_COMPARED : SqlRefusal.HAVING_FORM,
                node);
    }

    private boolean isWhole(Aggregate figure) {
        return switch (figure) {
            case Aggregate.CountRows rows -> true;
            case Aggregate.CountPeople people -> true;
            case Aggregate.Mean mean -> false;
            case Aggregate.Sum(var measure, var as) -> scope.type(measure) instanceof ColumnType.Whole;
        };
    }

    private List<Excerpt.Order> order(List<@Nullable SqlNode> nodes) throws NotAllowed {
        var order = new ArrayList<Excerpt.Order>();
        for (var node : nodes) {
            if (node == null) {
                continue;
            }
            var descending = node.getKind() == SqlKind.DESCENDING;
            var by = output(descending ? ((SqlCall) node).operand(0) : node);
            if (order.stream().anyMatch(other -> other.by().equals(by))) {
                throw new NotAllowed(SqlRefusal.ORDER_FORM, node);
            }
            order.add(new Excerpt.Order(by, descending));
            Statement.limit(order.size(), Excerpt.MAX_ITEMS, node);
        }
        return order;
    }

    private ColumnName output(SqlNode node) throws NotAllowed {
        Expressions.refuseSubquery(node);
        if (node instanceof SqlIdentifier identifier) {
            return output(identifier);
        }
        if (node instanceof SqlCase bucket) {
            return shown(grouping.bucket(bucket), node);
        }
        if (Aggregates.isAggregate(node)) {
            return named((SqlCall) node);
        }
        throw new NotAllowed(
                Expressions.mentionsIdentity(node, scope) ? SqlRefusal.IDENTITY_COMPUTED : SqlRefusal.ORDER_FORM, node);
    }

    /** A name of the result, before a column of that name. */
    private ColumnName output(SqlIdentifier identifier) throws NotAllowed {
        for (var name : outputs()) {
            if (identifier.isSimple() && name.value().equals(identifier.getSimple())) {
                return name;
            }
        }
        var resolved = scope.resolve(identifier);
        if (resolved.role() == ColumnRole.IDENTITY) {
            throw new NotAllowed(SqlRefusal.IDENTITY_SELECTED, identifier);
        }
        return shown(new Grouped(resolved.ref(), Optional.empty()), identifier);
    }

    private ColumnName shown(Grouped grouped, SqlNode at) throws NotAllowed {
        for (var group : list.groups()) {
            if (new Grouped(group.dimension(), group.buckets()).equals(grouped)) {
                return group.as();
            }
        }
        throw new NotAllowed(SqlRefusal.ORDER_FORM, at);
    }

    private List<ColumnName> outputs() {
        var outputs = new ArrayList<ColumnName>();
        list.groups().stream().map(Group::as).forEach(outputs::add);
        list.figures().stream().map(Aggregate::as).forEach(outputs::add);
        return outputs;
    }

    private static Optional<Integer> limit(@Nullable SqlNode fetch) throws NotAllowed {
        if (fetch == null) {
            return Optional.empty();
        }
        if (fetch instanceof SqlNumericLiteral number && number.isInteger()) {
            var rows = number.bigDecimalValue();
            if (rows.signum() > 0 && rows.compareTo(java.math.BigDecimal.valueOf(Excerpt.MAX_LIMIT)) <= 0) {
                return Optional.of(rows.intValueExact());
            }
        }
        throw new NotAllowed(SqlRefusal.LIMIT_FORM, fetch);
    }
}
