package dev.parley.policy.sql;

import dev.parley.policy.bundle.ColumnRole;
import dev.parley.policy.bundle.Dataset;
import dev.parley.policy.plan.ColumnRef;
import dev.parley.policy.plan.Plan;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.jspecify.annotations.Nullable;

/** Reads a statement clause by clause, in the order in which names come to mean something. */
final class SelectStatement {
    private static final int MAX_ITEMS = 64;

    private final List<Dataset> datasets;
    private final Constants constants;
    private final Scope scope = new Scope();

    SelectStatement(List<Dataset> datasets, Constants constants) {
        this.datasets = datasets;
        this.constants = constants;
    }

    Plan plan(SqlNode statement) throws NotAllowed {
        var select = select(statement);
        refuseClauses(select);
        var source = new FromClause(datasets, scope).read(select.getFrom(), select);
        var where = new WhereClause(scope, constants).read(select.getWhere());
        limit(where.size(), select);
        var list = new SelectList(scope, new Aggregates(scope, source), groupBy(select.getGroup()));
        list.read(select.getSelectList());
        return new Plan(source.left(), source.join(), where, list.groups(), list.figures());
    }

    static void limit(int items, SqlNode at) throws NotAllowed {
        if (items > MAX_ITEMS) {
            throw new NotAllowed(SqlRefusal.TOO_MANY, at);
        }
    }

    private static SqlSelect select(SqlNode statement) throws NotAllowed {
        return switch (statement.getKind()) {
            case SELECT -> (SqlSelect) statement;
            case ORDER_BY -> throw ordered((SqlOrderBy) statement);
            case UNION, INTERSECT, EXCEPT -> throw new NotAllowed(SqlRefusal.SET_OPERATION, statement);
            case WITH -> throw new NotAllowed(SqlRefusal.WITH_CLAUSE, statement);
            default -> throw new NotAllowed(SqlRefusal.NOT_A_QUERY, statement);
        };
    }

    private static NotAllowed ordered(SqlOrderBy ordered) throws NotAllowed {
        if (ordered.query.getKind() != SqlKind.SELECT) {
            select(ordered.query);
        }
        for (var clause : new @Nullable SqlNode[] {ordered.orderList, ordered.offset, ordered.fetch}) {
            if (clause != null && !(clause instanceof SqlNodeList list && list.isEmpty())) {
                return new NotAllowed(SqlRefusal.ORDER_OR_LIMIT, clause);
            }
        }
        return new NotAllowed(SqlRefusal.ORDER_OR_LIMIT, ordered);
    }

    private static void refuseClauses(SqlSelect select) throws NotAllowed {
        if (select.hasHints()) {
            throw new NotAllowed(SqlRefusal.HINT, select);
        }
        if (select.getModifierNode(SqlSelectKeyword.DISTINCT) != null) {
            throw new NotAllowed(SqlRefusal.DISTINCT_ROWS, select);
        }
        if (select.getModifierNode(SqlSelectKeyword.STREAM) != null) {
            throw new NotAllowed(SqlRefusal.NOT_A_QUERY, select);
        }
        refuse(SqlRefusal.HAVING, select.getHaving());
        refuse(SqlRefusal.WINDOW, select.getQualify());
        refuse(SqlRefusal.ORDER_OR_LIMIT, select.getOrderList());
        refuse(SqlRefusal.ORDER_OR_LIMIT, select.getOffset());
        refuse(SqlRefusal.ORDER_OR_LIMIT, select.getFetch());
        if (!select.getWindowList().isEmpty()) {
            throw new NotAllowed(SqlRefusal.WINDOW, select.getWindowList());
        }
    }

    private static void refuse(SqlRefusal code, @Nullable SqlNode clause) throws NotAllowed {
        if (clause != null) {
            throw new NotAllowed(code, clause);
        }
    }

    private Set<ColumnRef> groupBy(@Nullable SqlNodeList columns) throws NotAllowed {
        var grouped = new LinkedHashSet<ColumnRef>();
        if (columns == null) {
            return grouped;
        }
        if (columns.isEmpty()) {
            throw new NotAllowed(SqlRefusal.GROUP_FORM, columns);
        }
        for (var node : columns) {
            if (!(node instanceof SqlIdentifier identifier)) {
                throw notAColumn(node);
            }
            if (!grouped.add(dimension(identifier))) {
                throw new NotAllowed(SqlRefusal.GROUP_TWICE, identifier);
            }
        }
        return grouped;
    }

    private NotAllowed notAColumn(SqlNode node) throws NotAllowed {
        return switch (node.getKind()) {
            case LITERAL, ROLLUP, CUBE, GROUPING_SETS, ROW, GROUP_BY_DISTINCT ->
                new NotAllowed(
                        Expressions.mentionsIdentity(node, scope) ? SqlRefusal.IDENTITY_GROUPED : SqlRefusal.GROUP_FORM,
                        node);
            default ->
                node instanceof SqlCall || Expressions.isConstant(node)
                        ? Expressions.refusal(node, scope)
                        : new NotAllowed(SqlRefusal.GROUP_FORM, node);
        };
    }

    private ColumnRef dimension(SqlIdentifier identifier) throws NotAllowed {
        var resolved = scope.resolve(identifier);
        if (resolved.role() == ColumnRole.IDENTITY) {
            throw new NotAllowed(SqlRefusal.IDENTITY_GROUPED, identifier);
        }
        if (resolved.role() != ColumnRole.DIMENSION) {
            throw new NotAllowed(SqlRefusal.NOT_A_DIMENSION, identifier);
        }
        return resolved.ref();
    }
}
