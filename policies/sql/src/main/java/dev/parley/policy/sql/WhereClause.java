package dev.parley.policy.sql;

import dev.parley.policy.bundle.ColumnRole;
import dev.parley.policy.bundle.ColumnType;
import dev.parley.policy.plan.Condition;
import dev.parley.policy.plan.Condition.Operator;
import dev.parley.policy.plan.Literal;
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

/** Reads WHERE: comparisons of a column with constants, joined by AND. */
final class WhereClause {
    private final Scope scope;
    private final Constants constants;
    private final List<Condition> conditions = new ArrayList<>();

    WhereClause(Scope scope, Constants constants) {
        this.scope = scope;
        this.constants = constants;
    }

    List<Condition> read(@Nullable SqlNode where) throws NotAllowed {
        var open = new ArrayDeque<SqlNode>();
        if (where != null) {
            open.push(where);
        }
        while (!open.isEmpty()) {
            var node = open.pop();
            if (node.getKind() == SqlKind.AND && node instanceof SqlCall and) {
                and.getOperandList().reversed().forEach(open::push);
            } else {
                condition(node);
                SelectStatement.limit(conditions.size(), node);
            }
        }
        return conditions;
    }

    private void condition(SqlNode node) throws NotAllowed {
        if (!(node instanceof SqlCall call)) {
            throw alone(node);
        }
        switch (call.getKind()) {
            case EQUALS, NOT_EQUALS, LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL ->
                comparison(call);
            case IN -> oneOf(call);
            case BETWEEN -> between(call);
            case OR -> throw new NotAllowed(SqlRefusal.OR, call);
            case NOT, NOT_IN -> throw new NotAllowed(SqlRefusal.NOT, call);
            case IS_NULL, IS_NOT_NULL -> throw unsupported(call, SqlRefusal.NULL_TEST);
            case LIKE, SIMILAR, RLIKE -> throw unsupported(call, SqlRefusal.PATTERN);
            case IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE, IS_UNKNOWN, IS_DISTINCT_FROM, IS_NOT_DISTINCT_FROM ->
                throw unsupported(call, SqlRefusal.CONDITION_FORM);
            default -> throw Expressions.refusal(call, scope);
        }
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

    private void comparison(SqlCall call) throws NotAllowed {
        var left = call.operand(0);
        var right = call.operand(1);
        if (left instanceof SqlIdentifier identifier && Expressions.isConstant(right)) {
            compare(identifier, operator(call.getKind()), right);
        } else if (right instanceof SqlIdentifier identifier && Expressions.isConstant(left)) {
            compare(identifier, operator(call.getKind().reverse()), left);
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

    private void compare(SqlIdentifier identifier, Operator operator, SqlNode constant) throws NotAllowed {
        var resolved = column(identifier);
        var ordered = operator != Operator.EQUAL && operator != Operator.NOT_EQUAL;
        var type = resolved.column().type();
        if (ordered && (type instanceof ColumnType.Text || type instanceof ColumnType.Truth)) {
            throw new NotAllowed(SqlRefusal.OPERATOR_FOR_TYPE, identifier);
        }
        conditions.add(new Condition.Compare(resolved.ref(), operator, constants.read(constant, resolved.column())));
    }

    private void oneOf(SqlCall call) throws NotAllowed {
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
            SelectStatement.limit(values.size(), value);
        }
        conditions.add(new Condition.OneOf(resolved.ref(), values));
    }

    private void between(SqlCall call) throws NotAllowed {
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
        compare(identifier, Operator.GREATER_OR_EQUAL, call.operand(1));
        compare(identifier, Operator.LESS_OR_EQUAL, call.operand(2));
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

    private static Operator operator(SqlKind kind) {
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
