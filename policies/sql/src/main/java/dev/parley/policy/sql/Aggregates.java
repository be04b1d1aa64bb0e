package dev.parley.policy.sql;

import dev.parley.policy.bundle.ColumnRole;
import dev.parley.policy.plan.Aggregate;
import dev.parley.policy.plan.ColumnName;
import dev.parley.policy.plan.ColumnRef;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.jspecify.annotations.Nullable;

/** Reads the four aggregates; there are no others. */
final class Aggregates {
    private static final Set<String> NAMES = Set.of("COUNT", "SUM", "AVG");

    private final Scope scope;
    private final Relation source;

    Aggregates(Scope scope, Relation source) {
        this.scope = scope;
        this.source = source;
    }

    /** Whether {@code node} is a call of COUNT, SUM or AVG, by that plain name. */
    static boolean isAggregate(SqlNode node) {
        return node instanceof SqlCall call
                && call.getOperator() instanceof SqlFunction function
                && isPlain(function.getSqlIdentifier())
                && NAMES.contains(name(function));
    }

    private static boolean isPlain(@Nullable SqlIdentifier name) {
        return name == null || (name.isSimple() && !name.isComponentQuoted(0));
    }

    private static String name(SqlFunction function) {
        return function.getName().toUpperCase(Locale.ROOT);
    }

    Aggregate read(SqlCall call, ColumnName as) throws NotAllowed {
        for (var operand : call.getOperandList()) {
            Expressions.refuseSubquery(operand);
        }
        return switch (name((SqlFunction) call.getOperator())) {
            case "COUNT" -> count(call, as);
            case "SUM" -> new Aggregate.Sum(measure(call), as);
            default -> new Aggregate.Mean(measure(call), as);
        };
    }

    private Aggregate count(SqlCall call, ColumnName as) throws NotAllowed {
        if (call.operandCount() != 1 || !(call.operand(0) instanceof SqlIdentifier identifier)) {
            throw argument(call, SqlRefusal.COUNT_FORM);
        }
        var quantifier = quantifier(call);
        if (identifier.isStar() && identifier.names.size() == 1 && quantifier == null) {
            return new Aggregate.CountRows(as);
        }
        var resolved = scope.resolve(identifier);
        if (quantifier != SqlSelectKeyword.DISTINCT || resolved.role() != ColumnRole.IDENTITY) {
            throw new NotAllowed(SqlRefusal.COUNT_FORM, call);
        }
        if (!source.countsPeople(resolved.ref())) {
            throw new NotAllowed(SqlRefusal.PEOPLE_FORM, identifier, "COUNT(DISTINCT " + source.from() + ")");
        }
        return new Aggregate.CountPeople(as);
    }

    private ColumnRef measure(SqlCall call) throws NotAllowed {
        if (quantifier(call) != null) {
            throw new NotAllowed(SqlRefusal.AGGREGATE_FORM, call);
        }
        if (call.operandCount() != 1 || !(call.operand(0) instanceof SqlIdentifier identifier)) {
            throw argument(call, SqlRefusal.AGGREGATE_ARGUMENT);
        }
        var resolved = scope.resolve(identifier);
        if (resolved.role() == ColumnRole.IDENTITY) {
            throw new NotAllowed(SqlRefusal.IDENTITY_COMPUTED, identifier);
        }
        if (resolved.role() != ColumnRole.MEASURE) {
            throw new NotAllowed(SqlRefusal.NOT_A_MEASURE, identifier);
        }
        return resolved.ref();
    }

    private NotAllowed argument(SqlCall call, SqlRefusal code) {
        for (var operand : call.getOperandList()) {
            if (Expressions.mentionsIdentity(operand, scope)) {
                return new NotAllowed(SqlRefusal.IDENTITY_COMPUTED, operand);
            }
        }
        return new NotAllowed(code, call);
    }

    private static @Nullable Object quantifier(SqlCall call) {
        SqlLiteral quantifier = call.getFunctionQuantifier();
        return quantifier == null ? null : quantifier.getValue();
    }
}
