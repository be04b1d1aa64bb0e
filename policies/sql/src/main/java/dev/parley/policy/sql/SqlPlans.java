package dev.parley.policy.sql;

import dev.parley.policy.bundle.Dataset;
import dev.parley.policy.bundle.Parameter;
import dev.parley.policy.plan.Plan;
import java.util.List;

/**
 * The two ways between SQL and plans. Both use one dialect: standard SQL, names exactly as in the policy (lower case, in
 * double quotes where they hold a hyphen or are a word of SQL), parameters as {@code :name}, times in UTC. Stateless.
 */
public final class SqlPlans {
    private SqlPlans() {}

    /**
     * The plan of {@code sql}, or the first reason why it has none.
     *
     * @param datasets the datasets of the policy; no other name resolves
     * @param parameters the parameters that the template declares; each must be used
     */
    public static Compilation compile(String sql, List<Dataset> datasets, List<Parameter> parameters) {
        try {
            var source = SourceText.scan(sql);
            var tree = Grammar.parse(source);
            var read = new Statement(datasets, new Constants(source, parameters)).read(tree);
            source.refuseUnused(parameters);
            new SecondOpinion(datasets).confirm(source.renumbered(read.tree()), read.plan());
            return new Compilation.Planned(read.plan());
        } catch (NotAllowed e) {
            return e.refusal();
        } catch (StackOverflowError e) {
            return new NotAllowed(SqlRefusal.TOO_DEEP, Position.START).refusal();
        }
    }

    /**
     * A plan as SQL, one clause a line. What {@link #compile} made compiles back to the same plan; a plan from elsewhere
     * prints too, but may hold what SQL of this dialect cannot say, such as text with control characters.
     */
    public static String print(Plan plan) {
        return new PlanText(plan).toString();
    }
}
