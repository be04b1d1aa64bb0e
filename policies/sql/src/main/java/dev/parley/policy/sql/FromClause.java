package dev.parley.policy.sql;

import dev.parley.policy.bundle.ColumnRole;
import dev.parley.policy.plan.Plan;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** Reads FROM: datasets and WITH queries, joined from left to right on the identity of the first. */
final class FromClause {
    /** To some readers kinds of joins, to Calcite names of datasets: {@code a SEMI JOIN b}. */
    private static final Set<String> OTHER_JOINS = Set.of("semi", "anti", "asof", "positional");

    private final Tables tables;
    private final Scope scope;

    FromClause(Tables tables, Scope scope) {
        this.tables = tables;
        this.scope = scope;
    }

    Relation read(@Nullable SqlNode from, SqlNode statement) throws NotAllowed {
        if (from == null) {
            throw new NotAllowed(SqlRefusal.NO_DATASET, statement);
        }
        var joins = new ArrayDeque<SqlJoin>();
        var first = from;
        while (first instanceof SqlJoin join) {
            if (join.getRight() instanceof SqlJoin) {
                throw new NotAllowed(SqlRefusal.JOIN_NESTED, join.getRight());
            }
            joins.push(join);
            first = join.getLeft();
        }
        if (joins.size() > Plan.MAX_JOINS) {
            throw new NotAllowed(SqlRefusal.MANY_JOINS, from);
        }
        var relation = named(first);
        for (var join : joins) {
            relation = joined(relation, join);
        }
        return relation;
    }

    private Relation joined(Relation left, SqlJoin join) throws NotAllowed {
        var right = named(join.getRight());
        if (join.isNatural()) {
            throw new NotAllowed(SqlRefusal.JOIN_KIND, join);
        }
        var kind = switch (join.getJoinType()) {
            case INNER -> Plan.Join.Kind.INNER;
            case LEFT -> Plan.Join.Kind.LEFT;
            default -> throw new NotAllowed(SqlRefusal.JOIN_KIND, join);
        };
        if (!right.joins().isEmpty()) {
            throw new NotAllowed(SqlRefusal.WITH_PLACE, join.getRight());
        }
        if (left.joins(right.first().id())) {
            throw new NotAllowed(SqlRefusal.SELF_JOIN, join.getRight());
        }
        if (kind == Plan.Join.Kind.LEFT && !right.where().isEmpty()) {
            throw new NotAllowed(SqlRefusal.WITH_FILTER, join.getRight());
        }
        var condition = join.getCondition();
        if (join.getConditionType() != JoinConditionType.ON || condition == null) {
            throw new NotAllowed(SqlRefusal.JOIN_CONDITION, join);
        }
        return on(condition, kind, left, right);
    }

    private Relation on(SqlNode condition, Plan.Join.Kind kind, Relation left, Relation right) throws NotAllowed {
        if (!(condition instanceof SqlCall call)
                || call.getKind() != SqlKind.EQUALS
                || !(call.operand(0) instanceof SqlIdentifier one)
                || !(call.operand(1) instanceof SqlIdentifier other)) {
            Expressions.refuseSubquery(condition);
            throw new NotAllowed(SqlRefusal.JOIN_CONDITION, condition);
        }
        var a = identity(one);
        var b = identity(other);
        var joined = right.first().id();
        if (a.ref().dataset().equals(joined) == b.ref().dataset().equals(joined)) {
            throw new NotAllowed(SqlRefusal.JOIN_CONDITION, condition);
        }
        if (!a.column().normalisation().equals(b.column().normalisation())) {
            throw new NotAllowed(SqlRefusal.JOIN_PROFILES, condition);
        }
        var mine = a.ref().dataset().equals(joined) ? b.ref() : a.ref();
        var theirs = a.ref().dataset().equals(joined) ? a.ref() : b.ref();
        if (left.identity().isPresent() && !left.people().contains(mine)) {
            throw new NotAllowed(SqlRefusal.JOIN_PEOPLE, condition, "ON " + left.from() + " = " + theirs);
        }
        return left.joined(kind, mine, right, theirs);
    }

    private Scope.Resolved identity(SqlIdentifier identifier) throws NotAllowed {
        var resolved = scope.resolve(identifier);
        if (resolved.role() != ColumnRole.IDENTITY) {
            throw new NotAllowed(SqlRefusal.JOIN_COLUMN, identifier);
        }
        return resolved;
    }

    private Relation named(SqlNode node) throws NotAllowed {
        if (node instanceof SqlIdentifier identifier) {
            var relation = tables.named(identifier);
            scope.add(identifier.getSimple(), relation, identifier);
            return relation;
        }
        Expressions.refuseSubquery(node);
        if (node instanceof SqlCall call
                && call.getKind() == SqlKind.AS
                && call.operandCount() == 2
                && call.operand(0) instanceof SqlIdentifier identifier
                && call.operand(1) instanceof SqlIdentifier alias
                && alias.isSimple()) {
            if (OTHER_JOINS.contains(alias.getSimple().toLowerCase(Locale.ROOT))) {
                throw new NotAllowed(SqlRefusal.JOIN_KIND, alias);
            }
            var relation = tables.named(identifier);
            scope.add(alias.getSimple(), relation, alias);
            return relation;
        }
        throw new NotAllowed(SqlRefusal.DATASET_FORM, node);
    }
}
