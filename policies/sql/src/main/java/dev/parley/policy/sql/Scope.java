package dev.parley.policy.sql;

import dev.parley.policy.bundle.Column;
import dev.parley.policy.bundle.ColumnRole;
import dev.parley.policy.bundle.ColumnType;
import dev.parley.policy.plan.ColumnName;
import dev.parley.policy.plan.ColumnRef;
import dev.parley.protocol.encoding.Malformed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/** What stands in one FROM, under the names that it is given there; resolves columns. */
final class Scope {
    private final List<Named> relations = new ArrayList<>();

    private record Named(String name, Map<String, Resolved> columns) {}

    /** A column of the policy that an identifier of the text means. */
    record Resolved(ColumnRef ref, Column column) {
        ColumnRole role() {
            return column.role();
        }
    }

    void add(String name, Relation relation, SqlNode at) throws NotAllowed {
        if (relations.stream().anyMatch(other -> other.name.equals(name))) {
            throw new NotAllowed(SqlRefusal.DATASET_NAME_TWICE, at);
        }
        relations.add(new Named(name, relation.columns()));
    }

    Resolved resolve(SqlIdentifier identifier) throws NotAllowed {
        if (identifier.isStar()) {
            throw new NotAllowed(SqlRefusal.STAR, identifier);
        }
        var found = candidates(identifier);
        if (found.size() > 1) {
            throw new NotAllowed(SqlRefusal.AMBIGUOUS_COLUMN, identifier);
        }
        if (found.isEmpty()) {
            throw new NotAllowed(SqlRefusal.UNKNOWN_COLUMN, identifier, nearest());
        }
        if (found.getFirst().role() == ColumnRole.HIDDEN) {
            throw new NotAllowed(SqlRefusal.HIDDEN_COLUMN, identifier);
        }
        return found.getFirst();
    }

    /** The role of a column that was resolved here. */
    ColumnRole role(ColumnRef column) {
        return column(column).role();
    }

    /** The type of a column that was resolved here. */
    ColumnType type(ColumnRef column) {
        return column(column).type();
    }

    private Column column(ColumnRef column) {
        return relations.stream()
                .flatMap(named -> named.columns.values().stream())
                .filter(resolved -> resolved.ref().equals(column))
                .map(Resolved::column)
                .findFirst()
                .orElseThrow();
    }

    /** Whether any relation here has a column that the identifier could mean. */
    boolean knows(SqlIdentifier identifier) {
        return !identifier.isStar() && !candidates(identifier).isEmpty();
    }

    /** Whether an identifier could mean an identity of any dataset here, whatever stands before it. */
    boolean isIdentity(SqlIdentifier identifier) {
        if (identifier.isStar()) {
            return false;
        }
        var last = identifier.names.getLast();
        return relations.stream()
                .flatMap(named -> named.columns.entrySet().stream())
                .anyMatch(column ->
                        column.getKey().equals(last) && column.getValue().role() == ColumnRole.IDENTITY);
    }

    private List<Resolved> candidates(SqlIdentifier identifier) {
        var names = identifier.names;
        var found = new ArrayList<Resolved>();
        for (var named : relations) {
            if (names.size() == 1 || (names.size() == 2 && names.getFirst().equals(named.name))) {
                var column = named.columns.get(names.getLast());
                if (column != null) {
                    found.add(column);
                }
            }
        }
        return found;
    }

    private String nearest() {
        return "a column of "
                + relations.stream().map(named -> named.name).collect(Collectors.joining(" or "))
                + ", spelled exactly as in the policy (lower case)";
    }

    static ColumnName outputName(SqlIdentifier identifier) throws NotAllowed {
        if (!identifier.isSimple()) {
            throw new NotAllowed(SqlRefusal.NAME_FORM, identifier);
        }
        try {
            return ColumnName.parse(identifier.getSimple());
        } catch (Malformed e) {
            throw new NotAllowed(SqlRefusal.NAME_FORM, identifier);
        }
    }
}
