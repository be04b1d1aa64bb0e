package dev.parley.policy.sql;

import dev.parley.policy.bundle.Dataset;
import dev.parley.policy.plan.Buckets;
import dev.parley.policy.plan.Condition;
import dev.parley.policy.plan.Group;
import dev.parley.policy.plan.Plan;
import java.util.List;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlWith;
import org.jspecify.annotations.Nullable;

/** Reads a statement clause by clause, in the order in which names come to mean something. */
final class Statement {
    private final List<Dataset> datasets;
    private final Constants constants;

    Statement(List<Dataset> datasets, Constants constants) {
        this.datasets = datasets;
        this.constants = constants;
    }

    /** The plan, and the statement as the second opinion is to read it. */
    record Read(Plan plan, SqlNode tree) {}

    /** A statement's clauses: {@code WITH … SELECT … ORDER BY … LIMIT …}. */
    private record Clauses(
            @Nullable SqlWith with,
            SqlSelect select,
            @Nullable SqlOrderBy order) {}

    Read read(SqlNode statement) throws NotAllowed {
        var clauses = clauses(statement);
        var select = clauses.select();
        refuseClauses(select);
        var tables = new Tables(datasets);
        if (clauses.with() != null) {
            new WithClause(tables, constants).read(clauses.with());
        }
        var scope = new Scope();
        var relation = new FromClause(tables, scope).read(select.getFrom(), select);
        tables.refuseUnused();
        var conditions = new Conditions(scope, constants);
        var where = relation.with(conditions.where(select.getWhere()), relation.columns())
                .where();
        limit(where.size(), Plan.MAX_CONDITIONS, select);

        var grouping = new GroupByClause(scope, new CaseBuckets(conditions, scope), select);
        var list = new SelectList(scope, new Aggregates(scope, relation), grouping);
        list.read(select.getSelectList());
        refuseTests(where, list.groups(), select);
        var excerpt = new ExcerptClauses(list, grouping, scope, constants).read(select.getHaving(), clauses.order());
        var plan = new Plan(relation.from(), relation.joins(), where, list.groups(), list.figures(), excerpt);
        return new Read(plan, new SecondText(list, grouping).of(statement, select, clauses.order(), plan.excerpt()));
    }

    static void limit(int items, int most, SqlNode at) throws NotAllowed {
        if (items > most) {
            throw new NotAllowed(SqlRefusal.TOO_MANY, at);
        }
    }

    private static void refuseTests(List<Condition> where, List<Group> groups, SqlNode at) throws NotAllowed {
        var buckets = groups.stream()
                .flatMap(group -> group.buckets().stream())
                .flatMap(cases -> cases.cases().stream())
                .map(Buckets.Case::when);
        var tests = Stream.concat(where.stream(), buckets)
                .mapToInt(condition -> condition.tests().size())
                .sum();
        limit(tests, Plan.MAX_TESTS, at);
    }

    private static Clauses clauses(SqlNode statement) throws NotAllowed {
        return switch (statement.getKind()) {
            case SELECT -> new Clauses(null, (SqlSelect) statement, null);
            case ORDER_BY -> {
                var ordered = (SqlOrderBy) statement;
                var query = clauses(ordered.query);
                if (query.order() != null) {
                    throw new NotAllowed(SqlRefusal.ORDER_FORM, statement);
                }
                yield new Clauses(query.with(), query.select(), ordered);
            }
            case WITH -> {
                var with = (SqlWith) statement;
                var body = clauses(with.body);
                if (body.with() != null) {
                    throw new NotAllowed(SqlRefusal.WITH_FORM, with.body);
                }
                yield new Clauses(with, body.select(), body.order());
            }
            case UNION, INTERSECT, EXCEPT -> throw new NotAllowed(SqlRefusal.SET_OPERATION, statement);
            default -> throw new NotAllowed(SqlRefusal.NOT_A_QUERY, statement);
        };
    }

    /** What no SELECT of this dialect has, be it the statement's or one of WITH. */
    static void refuseClauses(SqlSelect select) throws NotAllowed {
        if (select.hasHints()) {
            throw new NotAllowed(SqlRefusal.HINT, select);
        }
        if (select.getModifierNode(SqlSelectKeyword.DISTINCT) != null) {
            throw new NotAllowed(SqlRefusal.DISTINCT_ROWS, select);
        }
        if (select.getModifierNode(SqlSelectKeyword.STREAM) != null) {
            throw new NotAllowed(SqlRefusal.NOT_A_QUERY, select);
        }
        refuse(SqlRefusal.WINDOW, select.getQualify());
        refuse(SqlRefusal.ORDER_FORM, select.getOrderList());
        refuse(SqlRefusal.OFFSET, select.getOffset());
        refuse(SqlRefusal.LIMIT_FORM, select.getFetch());
        if (!select.getWindowList().isEmpty()) {
            throw new NotAllowed(SqlRefusal.WINDOW, select.getWindowList());
        }
    }

    private static void refuse(SqlRefusal code, @Nullable SqlNode clause) throws NotAllowed {
        if (clause != null) {
            throw new NotAllowed(code, clause);
        }
    }
}
