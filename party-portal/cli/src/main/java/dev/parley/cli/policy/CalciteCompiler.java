package dev.parley.cli.policy;

import dev.parley.policy.authoring.SqlCompiler;
import dev.parley.policy.bundle.Dataset;
import dev.parley.policy.bundle.Parameter;
import dev.parley.policy.sql.Compilation;
import dev.parley.policy.sql.SqlPlans;
import java.util.List;

/** Lets room folders be compiled with the SQL of this house. */
final class CalciteCompiler implements SqlCompiler {
    @Override
    public Outcome compile(String sql, List<Dataset> datasets, List<Parameter> parameters) {
        return switch (SqlPlans.compile(sql, datasets, parameters)) {
            case Compilation.Planned(var plan) -> new Outcome.Planned(plan);
            case Compilation.Refused(var code, var at, var nearest) ->
                new Outcome.Refused(code.code(), at.line(), at.column(), "allowed: " + nearest);
        };
    }
}
