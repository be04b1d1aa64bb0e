package dev.parley.policy.sql;

import dev.parley.policy.bundle.Dataset;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/** The names that FROM may use: the policy's datasets, and the statement's WITH queries. */
final class Tables {
    private final List<Dataset> policy;
    private final Map<String, SqlNode> places = new LinkedHashMap<>();
    private final Map<String, Relation> queries = new LinkedHashMap<>();
    private final Set<String> used = new HashSet<>();

    Tables(List<Dataset> policy) {
        this.policy = policy;
    }

    /** A name that hid a dataset would read as one thing and mean another. */
    void add(SqlIdentifier name, Relation query) throws NotAllowed {
        var simple = name.getSimple();
        if (queries.containsKey(simple)
                || policy.stream().anyMatch(d -> d.id().value().equals(simple))) {
            throw new NotAllowed(SqlRefusal.WITH_NAME, name);
        }
        queries.put(simple, query);
        places.put(simple, name);
    }

    Relation named(SqlIdentifier identifier) throws NotAllowed {
        if (identifier.isSimple()) {
            var query = queries.get(identifier.getSimple());
            if (query != null) {
                used.add(identifier.getSimple());
                return query;
            }
            for (var dataset : policy) {
                if (dataset.id().value().equals(identifier.getSimple())) {
                    return Relation.of(dataset);
                }
            }
        }
        var known = policy.stream().map(d -> PlanText.name(d.id().value())).collect(Collectors.joining(", "));
        throw new NotAllowed(SqlRefusal.UNKNOWN_DATASET, identifier, "FROM a dataset of this policy: " + known);
    }

    /** A query that nobody reads would only mislead who reads the text. */
    void refuseUnused() throws NotAllowed {
        for (var query : places.entrySet()) {
            if (!used.contains(query.getKey())) {
                throw new NotAllowed(SqlRefusal.WITH_NAME, query.getValue());
            }
        }
    }
}
