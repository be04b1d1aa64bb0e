package dev.parley.policy.sql;

import dev.parley.policy.bundle.ColumnRole;
import dev.parley.policy.bundle.Dataset;
import dev.parley.policy.plan.ColumnRef;
import dev.parley.policy.plan.Plan;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** Reads FROM: one dataset, or two joined by one equality of identities. */
final class FromClause {
    private final List<Dataset> policy;
    private final Scope scope;

    FromClause(List<Dataset> policy, Scope scope) {
        this.policy = policy;
        this.scope = scope;
    }

    /** The people of the query, and the second dataset if there is one. */
    record Source(ColumnRef left, Optional<Plan.Join> join) {
        /** Whether a distinct count of {@code identity} is the count of the people. In a left join some have no right. */
        boolean countsPeople(ColumnRef identity) {
            return identity.equals(left)
                    || join.filter(j -> j.kind() == Plan.Join.Kind.INNER
                                    && j.right().equals(identity))
                            .isPresent();
        }
    }

    Source read(@Nullable SqlNode from, SqlNode statement) throws NotAllowed {
        if (from == null) {
            throw new NotAllowed(SqlRefusal.NO_DATASET, statement);
        }
        if (from instanceof SqlJoin join) {
            return join(join);
        }
        var dataset = dataset(from);
        return new Source(new ColumnRef(dataset.id(), dataset.privacyUnit()), Optional.empty());
    }

    private Source join(SqlJoin join) throws NotAllowed {
        if (join.getLeft() instanceof SqlJoin || join.getRight() instanceof SqlJoin) {
            throw new NotAllowed(SqlRefusal.MANY_JOINS, join);
        }
        var left = dataset(join.getLeft());
        var right = dataset(join.getRight());
        if (join.isNatural()) {
            throw new NotAllowed(SqlRefusal.JOIN_KIND, join);
        }
        var kind = switch (join.getJoinType()) {
            case INNER -> Plan.Join.Kind.INNER;
            case LEFT -> Plan.Join.Kind.LEFT;
            default -> throw new NotAllowed(SqlRefusal.JOIN_KIND, join);
        };
        var condition = join.getCondition();
        if (join.getConditionType() != JoinConditionType.ON || condition == null) {
            throw new NotAllowed(SqlRefusal.JOIN_CONDITION, join);
        }
        return equality(condition, kind, left, right);
    }

    private Source equality(SqlNode condition, Plan.Join.Kind kind, Dataset left, Dataset right) throws NotAllowed {
        if (!(condition instanceof SqlCall call)
                || call.getKind() != SqlKind.EQUALS
                || !(call.operand(0) instanceof SqlIdentifier one)
                || !(call.operand(1) instanceof SqlIdentifier other)) {
            Expressions.refuseSubquery(condition);
            throw new NotAllowed(SqlRefusal.JOIN_CONDITION, condition);
        }
        var a = identity(one);
        var b = identity(other);
        if (a.ref().dataset().equals(b.ref().dataset())) {
            throw new NotAllowed(SqlRefusal.JOIN_CONDITION, condition);
        }
        if (!a.column().normalisation().equals(b.column().normalisation())) {
            throw new NotAllowed(SqlRefusal.JOIN_PROFILES, condition);
        }
        var inOrder = a.ref().dataset().equals(left.id()) && b.ref().dataset().equals(right.id());
        return inOrder
                ? new Source(a.ref(), Optional.of(new Plan.Join(kind, b.ref())))
                : new Source(b.ref(), Optional.of(new Plan.Join(kind, a.ref())));
    }

    private Scope.Resolved identity(SqlIdentifier identifier) throws NotAllowed {
        var resolved = scope.resolve(identifier);
        if (resolved.role() != ColumnRole.IDENTITY) {
            throw new NotAllowed(SqlRefusal.JOIN_COLUMN, identifier);
        }
        return resolved;
    }

    private Dataset dataset(SqlNode node) throws NotAllowed {
        if (node instanceof SqlIdentifier identifier) {
            var dataset = named(identifier);
            scope.add(dataset.id().value(), dataset, identifier);
            return dataset;
        }
        Expressions.refuseSubquery(node);
        if (node instanceof SqlCall call
                && call.getKind() == SqlKind.AS
                && call.operandCount() == 2
                && call.operand(0) instanceof SqlIdentifier identifier
                && call.operand(1) instanceof SqlIdentifier alias
                && alias.isSimple()) {
            var dataset = named(identifier);
            scope.add(alias.getSimple(), dataset, alias);
            return dataset;
        }
        throw new NotAllowed(SqlRefusal.DATASET_FORM, node);
    }

    private Dataset named(SqlIdentifier identifier) throws NotAllowed {
        if (identifier.isSimple()) {
            for (var dataset : policy) {
                if (dataset.id().value().equals(identifier.getSimple())) {
                    return dataset;
                }
            }
        }
        var known = policy.stream().map(d -> PlanText.name(d.id().value())).collect(Collectors.joining(", "));
        throw new NotAllowed(SqlRefusal.UNKNOWN_DATASET, identifier, "FROM a dataset of this policy: " + known);
    }
}
