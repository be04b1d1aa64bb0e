package dev.parley.policy.sql;

import dev.parley.policy.plan.CellCondition;
import dev.parley.policy.plan.ColumnName;
import dev.parley.policy.plan.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * The statement as the second opinion reads it. Standard SQL knows no names of outputs in GROUP BY and HAVING, and Calcite
 * mistakes some in ORDER BY, so these are replaced by what they were read as; all else stays as it was written.
 */
final class SecondText {
    private static final SqlParserPos NOWHERE = SqlParserPos.ZERO;

    private final SelectList list;
    private final GroupByClause grouping;

    SecondText(SelectList list, GroupByClause grouping) {
        this.list = list;
        this.grouping = grouping;
    }

    /** Changes the clauses of {@code select}, which {@code statement} holds. */
    SqlNode of(SqlNode statement, SqlSelect select, @Nullable SqlOrderBy order, Excerpt excerpt) {
        if (select.getGroup() != null) {
            select.setGroupBy(new SqlNodeList(grouping.nodes(), NOWHERE));
        }
        having(excerpt.having()).ifPresent(select::setHaving);
        if (order == null || order.orderList.isEmpty()) {
            return statement;
        }
        var by = new ArrayList<SqlNode>();
        for (var item : excerpt.order()) {
            var name = new SqlIdentifier(item.by().value(), NOWHERE);
            by.add(item.descending() ? SqlStdOperatorTable.DESC.createCall(NOWHERE, name) : name);
        }
        var sorted = new SqlOrderBy(NOWHERE, order.query, new SqlNodeList(by, NOWHERE), order.offset, order.fetch);
        return statement instanceof SqlWith with
                ? new SqlWith(with.getParserPosition(), with.withList, sorted)
                : sorted;
    }

    private Optional<SqlNode> having(List<CellCondition> conditions) {
        return conditions.stream()
                .map(condition -> (SqlNode) operator(condition)
                        .createCall(NOWHERE, call(condition.cell()), SqlLiteral.createExactNumeric("0", NOWHERE)))
                .reduce((a, b) -> SqlStdOperatorTable.AND.createCall(NOWHERE, a, b));
    }

    private SqlNode call(ColumnName figure) {
        return SqlNode.clone(list.node(figure));
    }

    private static SqlOperator operator(CellCondition condition) {
        return switch (condition.operator()) {
            case EQUAL -> SqlStdOperatorTable.EQUALS;
            case NOT_EQUAL -> SqlStdOperatorTable.NOT_EQUALS;
            case LESS -> SqlStdOperatorTable.LESS_THAN;
            case LESS_OR_EQUAL -> SqlStdOperatorTable.LESS_THAN_OR_EQUAL;
            case GREATER -> SqlStdOperatorTable.GREATER_THAN;
            case GREATER_OR_EQUAL -> SqlStdOperatorTable.GREATER_THAN_OR_EQUAL;
        };
    }
}
