package dev.parley.policy.sql;

import dev.parley.policy.bundle.ColumnRole;
import dev.parley.policy.plan.Buckets;
import dev.parley.policy.plan.ColumnRef;
import dev.parley.policy.plan.Condition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Optional;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.util.NlsString;

/** Reads CASE as buckets of one dimension: conditions on it, and a label in quotes for each. */
final class CaseBuckets {
    private final Conditions conditions;
    private final Scope scope;

    CaseBuckets(Conditions conditions, Scope scope) {
        this.conditions = conditions;
        this.scope = scope;
    }

    /** What rows are grouped by: a column's values, or buckets of them. */
    record Grouped(ColumnRef dimension, Optional<Buckets> buckets) {}

    Grouped read(SqlCase node) throws NotAllowed {
        var whens = node.getWhenOperands();
        var thens = node.getThenOperands();
        if (node.getValueOperand() != null) {
            throw new NotAllowed(SqlRefusal.EXPRESSION, node);
        }
        Statement.limit(whens.size(), Buckets.MAX_CASES, node);
        var cases = new ArrayList<Buckets.Case>();
        for (var i = 0; i < whens.size(); i++) {
            var when = conditions.one(whens.get(i));
            cases.add(new Buckets.Case(label(thens.get(i)), when));
        }
        var rest = node.getElseOperand();
        var otherwise = rest == null || SqlUtil.isNullLiteral(rest, false)
                ? Optional.<String>empty()
                : Optional.of(label(rest));
        return checked(new Buckets(cases, otherwise), node);
    }

    private static Grouped checked(Buckets buckets, SqlNode at) throws NotAllowed {
        var columns = buckets.cases().stream()
                .flatMap(bucket -> bucket.when().tests().stream())
                .map(Condition.Test::column)
                .distinct()
                .toList();
        if (columns.size() != 1) {
            throw new NotAllowed(SqlRefusal.BUCKET_COLUMNS, at);
        }
        var labels = new HashSet<String>();
        if (!buckets.labels().stream().allMatch(labels::add)) {
            throw new NotAllowed(SqlRefusal.BUCKET_LABEL_TWICE, at);
        }
        return new Grouped(columns.getFirst(), Optional.of(buckets));
    }

    private String label(SqlNode node) throws NotAllowed {
        if (node instanceof SqlCharStringLiteral literal
                && literal.getValue() instanceof NlsString text
                && text.getCharsetName() == null
                && Buckets.isLabel(text.getValue())) {
            return text.getValue();
        }
        Expressions.refuseSubquery(node);
        throw new NotAllowed(
                Expressions.mentionsIdentity(node, scope) ? SqlRefusal.IDENTITY_SELECTED : SqlRefusal.BUCKET_LABEL,
                node);
    }

    /** Buckets are groups, so their column must be one that groups. */
    void requireDimension(Grouped grouped, SqlNode at) throws NotAllowed {
        if (scope.role(grouped.dimension()) != ColumnRole.DIMENSION) {
            throw new NotAllowed(SqlRefusal.NOT_A_DIMENSION, at);
        }
    }
}
