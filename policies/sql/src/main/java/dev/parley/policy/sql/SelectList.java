package dev.parley.policy.sql;

import dev.parley.policy.bundle.ColumnRole;
import dev.parley.policy.plan.Aggregate;
import dev.parley.policy.plan.ColumnName;
import dev.parley.policy.plan.ColumnRef;
import dev.parley.policy.plan.Plan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.jspecify.annotations.Nullable;

/** Reads the columns of the result: the grouped dimensions, then named aggregates. */
final class SelectList {
    private final Scope scope;
    private final Aggregates aggregates;
    private final Set<ColumnRef> grouped;
    private final Set<ColumnName> names = new HashSet<>();
    private final List<Plan.Group> groups = new ArrayList<>();
    private final List<Aggregate> figures = new ArrayList<>();

    SelectList(Scope scope, Aggregates aggregates, Set<ColumnRef> grouped) {
        this.scope = scope;
        this.aggregates = aggregates;
        this.grouped = grouped;
    }

    List<Plan.Group> groups() {
        return groups;
    }

    List<Aggregate> figures() {
        return figures;
    }

    void read(SqlNodeList items) throws NotAllowed {
        for (var item : items) {
            if (item.getKind() == SqlKind.AS && item instanceof SqlCall as) {
                if (as.operandCount() != 2 || !(as.operand(1) instanceof SqlIdentifier name)) {
                    throw new NotAllowed(SqlRefusal.NAME_FORM, item);
                }
                item(as.operand(0), name);
            } else {
                item(item, null);
            }
        }
        if (figures.isEmpty()) {
            throw new NotAllowed(SqlRefusal.NO_AGGREGATE, items);
        }
        for (var column : grouped) {
            if (groups.stream().noneMatch(group -> group.dimension().equals(column))) {
                throw new NotAllowed(SqlRefusal.GROUP_NOT_SELECTED, items, "select " + column + " too");
            }
        }
    }

    private void item(SqlNode node, @Nullable SqlIdentifier as) throws NotAllowed {
        if (node instanceof SqlIdentifier identifier) {
            dimension(identifier, as);
            return;
        }
        if (!Aggregates.isAggregate(node)) {
            throw Expressions.refusal(node, scope);
        }
        if (as == null) {
            aggregates.read((SqlCall) node, new ColumnName("unnamed"));
            throw new NotAllowed(SqlRefusal.NAME_MISSING, node);
        }
        figures.add(aggregates.read((SqlCall) node, name(as)));
        SelectStatement.limit(figures.size(), node);
    }

    private void dimension(SqlIdentifier identifier, @Nullable SqlIdentifier as) throws NotAllowed {
        var resolved = scope.resolve(identifier);
        if (resolved.role() == ColumnRole.IDENTITY) {
            throw new NotAllowed(SqlRefusal.IDENTITY_SELECTED, identifier);
        }
        if (!grouped.contains(resolved.ref())) {
            throw new NotAllowed(SqlRefusal.NOT_GROUPED, identifier);
        }
        if (!figures.isEmpty()) {
            throw new NotAllowed(SqlRefusal.OUTPUT_ORDER, identifier);
        }
        var name = as == null ? unique(resolved.ref().column(), identifier) : name(as);
        groups.add(new Plan.Group(resolved.ref(), name));
        SelectStatement.limit(groups.size(), identifier);
    }

    private ColumnName name(SqlIdentifier as) throws NotAllowed {
        return unique(Scope.outputName(as), as);
    }

    private ColumnName unique(ColumnName name, SqlNode at) throws NotAllowed {
        if (!names.add(name)) {
            throw new NotAllowed(SqlRefusal.NAME_TWICE, at);
        }
        return name;
    }
}
