package dev.parley.policy.sql;

import dev.parley.policy.bundle.Column;
import dev.parley.policy.bundle.ColumnRole;
import dev.parley.policy.bundle.Dataset;
import dev.parley.policy.plan.ColumnName;
import dev.parley.policy.plan.ColumnRef;
import dev.parley.protocol.encoding.Malformed;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/** The datasets of one statement under the names that it gives them; resolves columns. */
final class Scope {
    private final List<Named> datasets = new ArrayList<>();

    private record Named(String name, Dataset dataset) {}

    /** A column of the policy that an identifier of the text means. */
    record Resolved(ColumnRef ref, Column column) {
        ColumnRole role() {
            return column.role();
        }
    }

    void add(String name, Dataset dataset, SqlNode at) throws NotAllowed {
        for (var other : datasets) {
            if (other.dataset.id().equals(dataset.id())) {
                throw new NotAllowed(SqlRefusal.SELF_JOIN, at);
            }
            if (other.name.equals(name)) {
                throw new NotAllowed(SqlRefusal.DATASET_NAME_TWICE, at);
            }
        }
        datasets.add(new Named(name, dataset));
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

    /** Whether an identifier could mean an identity of any dataset here, whatever stands before it. */
    boolean isIdentity(SqlIdentifier identifier) {
        if (identifier.isStar()) {
            return false;
        }
        var last = identifier.names.getLast();
        return datasets.stream()
                .flatMap(named -> named.dataset.columns().stream())
                .anyMatch(column -> column.role() == ColumnRole.IDENTITY
                        && column.name().value().equals(last));
    }

    private List<Resolved> candidates(SqlIdentifier identifier) {
        var names = identifier.names;
        var found = new ArrayList<Resolved>();
        for (var named : datasets) {
            if (names.size() == 1 || (names.size() == 2 && names.getFirst().equals(named.name))) {
                named.dataset.columns().stream()
                        .filter(column -> column.name().value().equals(names.getLast()))
                        .map(column -> new Resolved(new ColumnRef(named.dataset.id(), column.name()), column))
                        .forEach(found::add);
            }
        }
        return found;
    }

    private String nearest() {
        return "a column of "
                + datasets.stream().map(named -> named.dataset.id().value()).collect(Collectors.joining(" or "))
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
