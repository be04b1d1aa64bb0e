package dev.parley.policy.sql;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;

/** Reads WITH: queries that only join, filter, and name columns, so that nothing is left of them in the plan. */
final class WithClause {
    private final Tables tables;
    private final Constants constants;

    WithClause(Tables tables, Constants constants) {
        this.tables = tables;
        this.constants = constants;
    }

    void read(SqlWith with) throws NotAllowed {
        for (var node : with.withList) {
            if (!(node instanceof SqlWithItem item)
                    || item.columnList != null
                    || item.recursive.booleanValue()
                    || !(item.query instanceof SqlSelect select)) {
                throw new NotAllowed(SqlRefusal.WITH_FORM, node);
            }
            tables.add(item.name, relation(select));
        }
    }

    private Relation relation(SqlSelect select) throws NotAllowed {
        Statement.refuseClauses(select);
        if (select.getGroup() != null
                || select.getHaving() != null
                || select.getModifierNode(SqlSelectKeyword.DISTINCT) != null) {
            throw new NotAllowed(SqlRefusal.WITH_FORM, select);
        }
        var scope = new Scope();
        var relation = new FromClause(tables, scope).read(select.getFrom(), select);
        var where = new Conditions(scope, constants).where(select.getWhere());
        return relation.with(where, columns(select.getSelectList(), relation, scope));
    }

    private static Map<String, Scope.Resolved> columns(SqlNodeList items, Relation relation, Scope scope)
            throws NotAllowed {
        if (items.size() == 1
                && items.get(0) instanceof SqlIdentifier star
                && star.isStar()
                && star.names.size() == 1
                && relation.joins().isEmpty()) {
            return relation.columns();
        }
        var columns = new LinkedHashMap<String, Scope.Resolved>();
        for (var item : items) {
            var name = name(item);
            if (columns.putIfAbsent(name, column(item, scope)) != null) {
                throw new NotAllowed(SqlRefusal.NAME_TWICE, item);
            }
        }
        return columns;
    }

    private static Scope.Resolved column(SqlNode item, Scope scope) throws NotAllowed {
        var node = item instanceof SqlCall as && item.getKind() == SqlKind.AS ? as.operand(0) : item;
        if (node instanceof SqlIdentifier identifier) {
            return scope.resolve(identifier);
        }
        if (Aggregates.isAggregate(node) && !Expressions.mentionsIdentity(node, scope)) {
            throw new NotAllowed(SqlRefusal.WITH_FORM, node);
        }
        throw Expressions.refusal(node, scope);
    }

    private static String name(SqlNode item) throws NotAllowed {
        if (item instanceof SqlCall as && item.getKind() == SqlKind.AS && as.operand(1) instanceof SqlIdentifier name) {
            return Scope.outputName(name).value();
        }
        return item instanceof SqlIdentifier identifier && !identifier.isStar() ? identifier.names.getLast() : "";
    }
}
