package dev.parley.policy.sql;

import java.util.List;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.jspecify.annotations.Nullable;

/** All operators there are, an allow-list: Calcite's validator finds no other. */
final class Operators implements SqlOperatorTable {
    private static final List<SqlOperator> ALL = List.of(
            SqlStdOperatorTable.AS,
            SqlStdOperatorTable.AND,
            SqlStdOperatorTable.OR,
            SqlStdOperatorTable.CASE,
            SqlStdOperatorTable.DESC,
            SqlStdOperatorTable.EQUALS,
            SqlStdOperatorTable.NOT_EQUALS,
            SqlStdOperatorTable.LESS_THAN,
            SqlStdOperatorTable.LESS_THAN_OR_EQUAL,
            SqlStdOperatorTable.GREATER_THAN,
            SqlStdOperatorTable.GREATER_THAN_OR_EQUAL,
            SqlStdOperatorTable.IN,
            SqlStdOperatorTable.BETWEEN,
            SqlStdOperatorTable.UNARY_MINUS,
            SqlStdOperatorTable.COUNT,
            SqlStdOperatorTable.SUM,
            SqlStdOperatorTable.AVG);

    @Override
    public void lookupOperatorOverloads(
            SqlIdentifier name,
            @Nullable SqlFunctionCategory category,
            SqlSyntax syntax,
            List<SqlOperator> found,
            SqlNameMatcher matcher) {
        if (name.isSimple()) {
            ALL.stream()
                    .filter(operator -> operator.getName().equalsIgnoreCase(name.getSimple()))
                    .filter(operator -> family(operator.getSyntax()) == family(syntax))
                    .forEach(found::add);
        }
    }

    /** COUNT(*) has a syntax of its own in Calcite. */
    private static SqlSyntax family(SqlSyntax syntax) {
        return syntax.family == SqlSyntax.FUNCTION_STAR ? SqlSyntax.FUNCTION : syntax.family;
    }

    @Override
    public List<SqlOperator> getOperatorList() {
        return ALL;
    }
}
