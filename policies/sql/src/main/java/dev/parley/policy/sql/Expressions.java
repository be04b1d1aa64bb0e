package dev.parley.policy.sql;

import java.util.List;
import java.util.function.Predicate;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.jspecify.annotations.Nullable;

/** Names the reason for what no reader accepts. Whatever it does not know is refused too. */
final class Expressions {
    private Expressions() {}

    /** Always throws: {@code node} stands where a plain column, constant or allowed aggregate is expected. */
    static NotAllowed refusal(SqlNode node, Scope scope) throws NotAllowed {
        refuseSubquery(node);
        if (mentionsIdentity(node, scope)) {
            return new NotAllowed(SqlRefusal.IDENTITY_COMPUTED, node);
        }
        return new NotAllowed(reason(node), node);
    }

    static void refuseSubquery(SqlNode node) throws NotAllowed {
        var query = find(node, part -> part.isA(SqlKind.QUERY));
        if (query != null) {
            throw new NotAllowed(SqlRefusal.SUBQUERY, query);
        }
    }

    static boolean mentionsIdentity(SqlNode node, Scope scope) {
        return find(node, part -> part instanceof SqlIdentifier identifier && scope.isIdentity(identifier)) != null;
    }

    static boolean isConstant(SqlNode node) {
        return switch (node.getKind()) {
            case LITERAL, LITERAL_CHAIN, DYNAMIC_PARAM, INTERVAL_QUALIFIER -> true;
            case MINUS_PREFIX, PLUS_PREFIX -> node instanceof SqlCall call && call.operand(0) instanceof SqlLiteral;
            default -> false;
        };
    }

    private static SqlRefusal reason(SqlNode node) {
        return switch (node.getKind()) {
            case OVER -> SqlRefusal.WINDOW;
            case FILTER -> SqlRefusal.AGGREGATE_FILTER;
            case WITHIN_GROUP, WITHIN_DISTINCT, RESPECT_NULLS, IGNORE_NULLS -> SqlRefusal.AGGREGATE_FORM;
            case LITERAL, LITERAL_CHAIN -> SqlRefusal.CONSTANT_SELECTED;
            case DYNAMIC_PARAM -> SqlRefusal.PARAMETER_PLACE;
            default ->
                node instanceof SqlCall call && call.getOperator() instanceof SqlFunction
                        ? SqlRefusal.FUNCTION
                        : SqlRefusal.EXPRESSION;
        };
    }

    /** The first part of {@code node}, itself included, that is {@code wanted}. */
    private static @Nullable SqlNode find(SqlNode node, Predicate<SqlNode> wanted) {
        if (wanted.test(node)) {
            return node;
        }
        var parts = switch (node) {
            case SqlCall call -> call.getOperandList();
            case SqlNodeList list -> list.getList();
            default -> List.<@Nullable SqlNode>of();
        };
        for (var part : parts) {
            var found = part == null ? null : find(part, wanted);
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
