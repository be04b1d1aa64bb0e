package dev.parley.policy.sql;

import static java.util.Objects.requireNonNull;

import dev.parley.policy.bundle.ColumnRole;
import dev.parley.policy.plan.Aggregate;
import dev.parley.policy.plan.ColumnName;
import dev.parley.policy.plan.Group;
import dev.parley.policy.plan.Plan;
import dev.parley.policy.sql.CaseBuckets.Grouped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlCase;
import org.jspecify.annotations.Nullable;

/** Reads the columns of the result: the dimensions and buckets of GROUP BY, then named aggregates. */
final class SelectList {
    private final Scope scope;
    private final Aggregates aggregates;
    private final GroupByClause grouping;
    private final Set<ColumnName> names = new HashSet<>();
    private final List<Group> groups = new ArrayList<>();
    private final List<Aggregate> figures = new ArrayList<>();
    private final List<SqlNode> figureNodes = new ArrayList<>();

    SelectList(Scope scope, Aggregates aggregates, GroupByClause grouping) {
        this.scope = scope;
        this.aggregates = aggregates;
        this.grouping = grouping;
    }

    List<Group> groups() {
        return groups;
    }

    List<Aggregate> figures() {
        return figures;
    }

    /** The call behind a figure. */
    SqlNode node(ColumnName figure) {
        for (var i = 0; i < figures.size(); i++) {
            if (figures.get(i).as().equals(figure)) {
                return figureNodes.get(i);
            }
        }
        throw new IllegalArgumentException("not a figure of the list");
    }

    /** The figures that a call of an aggregate means. */
    List<ColumnName> named(SqlCall call) throws NotAllowed {
        var names = new ArrayList<ColumnName>();
        for (var figure : figures) {
            if (aggregates.read(call, figure.as()).equals(figure)) {
                names.add(figure.as());
            }
        }
        return names;
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
        for (var group : grouping.grouped()) {
            if (groups.stream().noneMatch(shown -> grouped(shown).equals(group))) {
                throw new NotAllowed(
                        SqlRefusal.GROUP_NOT_SELECTED, items, "select the groups of " + group.dimension() + " too");
            }
        }
    }

    private static Grouped grouped(Group group) {
        return new Grouped(group.dimension(), group.buckets());
    }

    private void item(SqlNode node, @Nullable SqlIdentifier as) throws NotAllowed {
        if (node instanceof SqlIdentifier identifier) {
            dimension(identifier, as);
            return;
        }
        if (node instanceof SqlCase bucket) {
            bucket(bucket, as);
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
        figureNodes.add(node);
        Statement.limit(figures.size(), Plan.MAX_AGGREGATES, node);
    }

    private void dimension(SqlIdentifier identifier, @Nullable SqlIdentifier as) throws NotAllowed {
        var resolved = scope.resolve(identifier);
        if (resolved.role() == ColumnRole.IDENTITY) {
            throw new NotAllowed(SqlRefusal.IDENTITY_SELECTED, identifier);
        }
        var name = as == null ? new ColumnName(identifier.names.getLast()) : null;
        group(new Grouped(resolved.ref(), Optional.empty()), name, as, identifier);
    }

    private void bucket(SqlCase node, @Nullable SqlIdentifier as) throws NotAllowed {
        var group = grouping.bucket(node);
        if (as == null) {
            throw new NotAllowed(SqlRefusal.NAME_MISSING, node, "CASE … END AS name");
        }
        group(group, null, as, node);
    }

    private void group(Grouped group, @Nullable ColumnName own, @Nullable SqlIdentifier as, SqlNode at)
            throws NotAllowed {
        if (!grouping.contains(group)) {
            throw new NotAllowed(SqlRefusal.NOT_GROUPED, at);
        }
        if (!figures.isEmpty()) {
            throw new NotAllowed(SqlRefusal.OUTPUT_ORDER, at);
        }
        var name = own != null ? unique(own, at) : name(requireNonNull(as));
        groups.add(new Group(group.dimension(), name, group.buckets()));
        Statement.limit(groups.size(), Plan.MAX_GROUPS, at);
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
