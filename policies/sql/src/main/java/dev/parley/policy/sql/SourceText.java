package dev.parley.policy.sql;

import static java.util.Objects.requireNonNull;

import dev.parley.policy.bundle.Parameter;
import dev.parley.policy.plan.ColumnName;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlShuttle;

/**
 * A text made safe to parse: no comments, and a question mark where each {@code :name} stood. Every character keeps its
 * place, so that places in Calcite's tree are places in the text.
 */
record SourceText(String text, Map<Position, ColumnName> parameters) {
    SourceText {
        parameters = Map.copyOf(parameters);
    }

    static SourceText scan(String sql) throws NotAllowed {
        return new Scanner(sql).scan();
    }

    ColumnName parameter(SqlDynamicParam gap) {
        var name = parameters.get(NotAllowed.position(gap.getParserPosition()));
        if (name == null) {
            throw new IllegalStateException("a gap of the tree that the scanner did not make");
        }
        return name;
    }

    /** The tree with one number for each name: a parameter that stands twice is one to Calcite too. */
    SqlNode renumbered(SqlNode tree) {
        var names = parameters.values().stream()
                .distinct()
                .sorted(Comparator.comparing(ColumnName::value))
                .toList();
        return requireNonNull(tree.accept(new SqlShuttle() {
            @Override
            public SqlNode visit(SqlDynamicParam gap) {
                return new SqlDynamicParam(names.indexOf(parameter(gap)), gap.getParserPosition());
            }
        }));
    }

    /** An unused parameter would give one query many digests, and so many draws of noise. */
    void refuseUnused(List<Parameter> declared) throws NotAllowed {
        for (var parameter : declared) {
            if (!parameters.containsValue(parameter.name())) {
                throw new NotAllowed(SqlRefusal.PARAMETER_UNUSED, Position.START);
            }
        }
    }
}
