package dev.parley.policy.sql;

import dev.parley.policy.bundle.Dataset;
import dev.parley.policy.plan.ColumnRef;
import dev.parley.policy.plan.Condition;
import dev.parley.policy.plan.Plan;
import dev.parley.protocol.room.DatasetId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What may stand in FROM: a dataset, or datasets that join on one identity; their conditions; the names of their columns.
 * Whatever a WITH query is, it flattens to this.
 *
 * @param first the dataset that the rest joins
 * @param identity the identity of {@code first} on which all join, once something does
 * @param people identities that are those people's in every row
 * @param where conditions on all rows
 */
record Relation(
        Dataset first,
        Optional<ColumnRef> identity,
        List<Plan.Join> joins,
        Set<ColumnRef> people,
        List<Condition> where,
        Map<String, Scope.Resolved> columns) {

    static Relation of(Dataset dataset) {
        var columns = new LinkedHashMap<String, Scope.Resolved>();
        for (var column : dataset.columns()) {
            columns.put(column.name().value(), new Scope.Resolved(new ColumnRef(dataset.id(), column.name()), column));
        }
        return new Relation(dataset, Optional.empty(), List.of(), Set.of(), List.of(), columns);
    }

    /** The people of the query. */
    ColumnRef from() {
        return identity.orElseGet(() -> new ColumnRef(first.id(), first.privacyUnit()));
    }

    boolean joins(DatasetId dataset) {
        return first.id().equals(dataset)
                || joins.stream().anyMatch(join -> join.right().dataset().equals(dataset));
    }

    /** Whether a distinct count of {@code column} is the count of the people. In a left join some have no right. */
    boolean countsPeople(ColumnRef column) {
        return column.equals(from()) || people.contains(column);
    }

    /** The same rows under other names, of which fewer may be left. */
    Relation with(List<Condition> conditions, Map<String, Scope.Resolved> named) {
        var all = new ArrayList<>(where);
        all.addAll(conditions);
        return new Relation(first, identity, joins, people, all, named);
    }

    /** These rows joined with those of {@code other}, a single dataset, on {@code left} and {@code right}. */
    Relation joined(Plan.Join.Kind kind, ColumnRef left, Relation other, ColumnRef right) {
        var more = new ArrayList<>(joins);
        more.add(new Plan.Join(kind, right));
        var same = new HashSet<>(people);
        same.add(left);
        if (kind == Plan.Join.Kind.INNER) {
            same.add(right);
        }
        var conditions = new ArrayList<>(where);
        conditions.addAll(other.where);
        var on = identity.isPresent() ? identity : Optional.of(left);
        return new Relation(first, on, more, same, conditions, columns);
    }
}
