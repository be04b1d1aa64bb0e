package dev.parley.policy.sql;

import dev.parley.policy.bundle.ColumnRole;
import dev.parley.policy.bundle.ColumnType;
import dev.parley.policy.plan.Condition;
import dev.parley.policy.plan.Condition.Operator;
import dev.parley.policy.plan.Literal;
import dev.parley.policy.plan.Plan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlBetweenOperator;
import org.jspecify.annotations.Nullable;

/** Reads conditions: comparisons of a column with constants, combined by AND and OR. */
final class Conditions {
    private final Scope scope;
    private final Constants constants;

    Conditions(Scope scope, Constants constants) {
        this.scope = scope;
        this.constants = constants;
    }

    /** Conditions that all must hold, each about one dataset. */
    List<Condition> where(@Nullable SqlNode where) throws NotAllowed {
        var conditions = new ArrayList<Condition>();
        if (where == null) {
            return conditions;
        }
        for (var part : parts(where, SqlKind.AND)) {
            for (var condition : conjunct(part)) {
                if (condition.tests().stream()
                                .map(test -> test.column().dataset())
                                .distinct()
                                .count()
                        > 1) {
                    throw new NotAllowed(SqlRefusal.CONDITION_ACROSS_DATASETS, part);
                }
                conditions.add(condition);
            }
            Statement.limit(conditions.size(), Plan.MAX_CONDITIONS, part);
        }
        return conditions;
    }

    /** One condition, whatever its form. */
    Condition one(SqlNode node) throws NotAllowed {
        var conditions = new ArrayList<Condition>();
        for (var part : parts(node, SqlKind.AND)) {
            conditions.addAll(conjunct(part));
            Statement.limit(conditions.size(), Condition.MAX_PARTS, part);
        }
        refuseDeep(conditions, node);
        return conditions.size() == 1 ? conditions.getFirst() : new Condition.AllOf(conditions);
    }

    /** What is not joined by AND: alternatives, or a comparison, which BETWEEN makes two of. */
    private List<? extends Condition> conjunct(SqlNode node) throws NotAllowed {
        if (node.getKind() != SqlKind.OR) {
            return tests(node);
        }
        var alternatives = new ArrayList<Condition>();
        for (var part : parts(node, SqlKind.OR)) {
            alternatives.add(one(part));
            Statement.limit(alternatives.size(), Condition.MAX_PARTS, part);
        }
        refuseDeep(alternatives, node);
        return List.of(new Condition.AnyOf(alternatives));
    }

    /** The operands of a chain of one operator, in order; the chain may be long, so it is not followed by recursion. */
    static List<SqlNode> parts(SqlNode node, SqlKind kind) {
        var parts = new ArrayList<SqlNode>();
        var open = new ArrayDeque<SqlNode>();
        open.push(node);
        while (!open.isEmpty()) {
            var next = open.pop();
            if (next.getKind() == kind && next instanceof SqlCall call) {
                call.getOperandList().reversed().forEach(open::push);
            } else {
                parts.add(next);
            }
        }
        return parts;
    }

    private static void refuseDeep(List<Condition> parts, SqlNode at) throws NotAllowed {
        if (parts.size() > 1 && parts.stream().anyMatch(part -> part.depth() == Condition.MAX_DEPTH)) {
            throw new NotAllowed(SqlRefusal.TOO_DEEP, at);
        }
    }

    private List<Condition.Test> tests(SqlNode node) throws NotAllowed {
        if (!(node instanceof SqlCall call)) {
            throw alone(node);
        }
        return switch (call.getKind()) {
            case EQUALS, NOT_EQUALS, LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL ->
                List.of(comparison(call));
            case IN -> List.of(oneOf(call));
            case BETWEEN -> between(call);
            case NOT, NOT_IN -> throw new NotAllowed(SqlRefusal.NOT, call);
            case IS_NULL, IS_NOT_NULL -> throw unsupported(call, SqlRefusal.NULL_TEST);
            case LIKE, SIMILAR, RLIKE -> throw unsupported(call, SqlRefusal.PATTERN);
            case IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE, IS_UNKNOWN, IS_DISTINCT_FROM, IS_NOT_DISTINCT_FROM ->
                throw unsupported(call, SqlRefusal.CONDITION_FORM);
            default -> throw Expressions.refusal(call, scope);
        };
    }

    private NotAllowed alone(SqlNode node) throws NotAllowed {
        if (node instanceof SqlIdentifier identifier) {
            column(identifier);
            return new NotAllowed(SqlRefusal.CONDITION_FORM, node);
        }
        return Expressions.isConstant(node)
                ? new NotAllowed(SqlRefusal.CONSTANT_CONDITION, node)
                : Expressions.refusal(node, scope);
    }

    private NotAllowed unsupported(SqlCall call, SqlRefusal code) throws NotAllowed {
        Expressions.refuseSubquery(call);
        return new NotAllowed(Expressions.mentionsIdentity(call, scope) ? SqlRefusal.IDENTITY_COMPARED : code, call);
    }

    private Condition.Test comparison(SqlCall call) throws NotAllowed {
        var left = call.operand(0);
        var right = call.operand(1);
        if (left instanceof SqlIdentifier identifier && Expressions.isConstant(right)) {
            return compare(identifier, operator(call.getKind()), right);
        } else if (right instanceof SqlIdentifier identifier && Expressions.isConstant(left)) {
            return compare(identifier, operator(call.getKind().reverse()), left);
        } else if (left instanceof SqlIdentifier one && right instanceof SqlIdentifier other) {
            column(one);
            column(other);
            throw new NotAllowed(SqlRefusal.COLUMN_WITH_COLUMN, call);
        } else if (Expressions.isConstant(left) && Expressions.isConstant(right)) {
            throw new NotAllowed(SqlRefusal.CONSTANT_CONDITION, call);
        } else {
            var plain = left instanceof SqlIdentifier || Expressions.isConstant(left);
            throw Expressions.refusal(plain ? right : left, scope);
        }
    }

    private Condition.Test compare(SqlIdentifier identifier, Operator operator, SqlNode constant) throws NotAllowed {
        var resolved = column(identifier);
        var ordered = operator != Operator.EQUAL && operator != Operator.NOT_EQUAL;
        var type = resolved.column().type();
        if (ordered && (type instanceof ColumnType.Text || type instanceof ColumnType.Truth)) {
            throw new NotAllowed(SqlRefusal.OPERATOR_FOR_TYPE, identifier);
        }
        return new Condition.Compare(resolved.ref(), operator, constants.read(constant, resolved.column()));
    }

    private Condition.Test oneOf(SqlCall call) throws NotAllowed {
        Expressions.refuseSubquery(call);
        if (!(call.operand(0) instanceof SqlIdentifier identifier)) {
            throw Expressions.isConstant(call.operand(0))
                    ? new NotAllowed(SqlRefusal.CONSTANT_CONDITION, call)
                    : Expressions.refusal(call.operand(0), scope);
        }
        var resolved = column(identifier);
        if (!(call.operand(1) instanceof SqlNodeList list)) {
            throw new NotAllowed(SqlRefusal.CONDITION_FORM, call);
        }
        var values = new ArrayList<Literal>();
        for (var value : list) {
            if (!Expressions.isConstant(value)) {
                throw value instanceof SqlIdentifier
                        ? new NotAllowed(SqlRefusal.COLUMN_WITH_COLUMN, value)
                        : Expressions.refusal(value, scope);
            }
            values.add(constants.read(value, resolved.column()));
            Statement.limit(values.size(), Condition.MAX_VALUES, value);
        }
        return new Condition.OneOf(resolved.ref(), values);
    }

    private List<Condition.Test> between(SqlCall call) throws NotAllowed {
        var operator = (SqlBetweenOperator) call.getOperator();
        if (operator.isNegated()) {
            throw new NotAllowed(SqlRefusal.NOT, call);
        }
        if (operator.flag == SqlBetweenOperator.Flag.SYMMETRIC) {
            throw new NotAllowed(SqlRefusal.CONDITION_FORM, call);
        }
        for (var index = 1; index <= 2; index++) {
            var end = call.operand(index);
            if (call.operand(0) instanceof SqlIdentifier && end instanceof SqlIdentifier) {
                throw new NotAllowed(SqlRefusal.COLUMN_WITH_COLUMN, end);
            }
            if (!Expressions.isConstant(end)) {
                throw Expressions.refusal(end, scope);
            }
        }
        if (!(call.operand(0) instanceof SqlIdentifier identifier)) {
            throw Expressions.isConstant(call.operand(0))
                    ? new NotAllowed(SqlRefusal.CONSTANT_CONDITION, call)
                    : Expressions.refusal(call.operand(0), scope);
        }
        return List.of(
                compare(identifier, Operator.GREATER_OR_EQUAL, call.operand(1)),
                compare(identifier, Operator.LESS_OR_EQUAL, call.operand(2)));
    }

    private Scope.Resolved column(SqlIdentifier identifier) throws NotAllowed {
        var resolved = scope.resolve(identifier);
        if (resolved.role() == ColumnRole.IDENTITY) {
            throw new NotAllowed(SqlRefusal.IDENTITY_COMPARED, identifier);
        }
        if (resolved.role() == ColumnRole.MEASURE) {
            throw new NotAllowed(SqlRefusal.MEASURE_COMPARED, identifier);
        }
        return resolved;
    }

    static Operator operator(SqlKind kind) {
        return switch (kind) {
            case EQUALS -> Operator.EQUAL;
            case NOT_EQUALS -> Operator.NOT_EQUAL;
            case LESS_THAN -> Operator.LESS;
            case LESS_THAN_OR_EQUAL -> Operator.LESS_OR_EQUAL;
            case GREATER_THAN -> Operator.GREATER;
            case GREATER_THAN_OR_EQUAL -> Operator.GREATER_OR_EQUAL;
            default -> throw new IllegalArgumentException("not a comparison");
        };
    }
}
