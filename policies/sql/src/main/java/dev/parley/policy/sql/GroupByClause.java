package dev.parley.policy.sql;

import dev.parley.policy.bundle.ColumnRole;
import dev.parley.policy.bundle.ColumnType;
import dev.parley.policy.plan.Plan;
import dev.parley.policy.sql.CaseBuckets.Grouped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlCase;
import org.jspecify.annotations.Nullable;

/** Reads GROUP BY: dimensions, and CASE buckets, written out or by the name that the SELECT list gives them. */
final class GroupByClause {
    private final Scope scope;
    private final CaseBuckets buckets;
    private final Map<String, SqlCase> named = new LinkedHashMap<>();
    private final Map<Grouped, SqlNode> grouped = new LinkedHashMap<>();

    GroupByClause(Scope scope, CaseBuckets buckets, SqlSelect select) throws NotAllowed {
        this.scope = scope;
        this.buckets = buckets;
        for (var item : select.getSelectList()) {
            if (item instanceof SqlCall as
                    && item.getKind() == SqlKind.AS
                    && as.operand(0) instanceof SqlCase bucket
                    && as.operand(1) instanceof SqlIdentifier name) {
                named.put(name.getSimple(), bucket);
            }
        }
        var columns = select.getGroup();
        if (columns != null && columns.isEmpty()) {
            throw new NotAllowed(SqlRefusal.GROUP_FORM, columns);
        }
        if (columns != null) {
            read(columns.getList());
        }
    }

    /** What is grouped by, in order. */
    List<Grouped> grouped() {
        return List.copyOf(grouped.keySet());
    }

    /** The clause as nodes that name no output. */
    List<SqlNode> nodes() {
        return List.copyOf(grouped.values());
    }

    boolean contains(Grouped group) {
        return grouped.containsKey(group);
    }

    /** The buckets that a CASE means. */
    Grouped bucket(SqlCase node) throws NotAllowed {
        var group = buckets.read(node);
        buckets.requireDimension(group, node);
        return group;
    }

    private void read(List<@Nullable SqlNode> columns) throws NotAllowed {
        for (var node : columns) {
            if (node == null) {
                continue;
            }
            var written = node instanceof SqlIdentifier identifier ? written(identifier) : node;
            if (grouped.putIfAbsent(group(written), written) != null) {
                throw new NotAllowed(SqlRefusal.GROUP_TWICE, node);
            }
            Statement.limit(grouped.size(), Plan.MAX_GROUPS, node);
        }
    }

    /** A column hides an output of its name, as in standard SQL. */
    private SqlNode written(SqlIdentifier identifier) {
        if (identifier.isSimple() && !scope.knows(identifier)) {
            var bucket = named.get(identifier.getSimple());
            if (bucket != null) {
                return bucket;
            }
        }
        return identifier;
    }

    private Grouped group(SqlNode node) throws NotAllowed {
        if (node instanceof SqlIdentifier identifier) {
            return dimension(identifier);
        }
        if (node instanceof SqlCase bucket) {
            return bucket(bucket);
        }
        throw notAGroup(node);
    }

    private NotAllowed notAGroup(SqlNode node) throws NotAllowed {
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

    private Grouped dimension(SqlIdentifier identifier) throws NotAllowed {
        var resolved = scope.resolve(identifier);
        if (resolved.role() == ColumnRole.IDENTITY) {
            throw new NotAllowed(SqlRefusal.IDENTITY_GROUPED, identifier);
        }
        if (resolved.role() != ColumnRole.DIMENSION) {
            throw new NotAllowed(SqlRefusal.NOT_A_DIMENSION, identifier);
        }
        if (!(resolved.column().type() instanceof ColumnType.Text)) {
            throw new NotAllowed(SqlRefusal.NEEDS_BUCKETS, identifier);
        }
        return new Grouped(resolved.ref(), Optional.empty());
    }
}
