package dev.parley.enclave.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.enclave.privacy.ExactResult;
import dev.parley.policy.bundle.ReleaseMode;
import dev.parley.policy.plan.Aggregate;
import dev.parley.policy.plan.Buckets;
import dev.parley.policy.plan.ColumnName;
import dev.parley.policy.plan.Condition;
import dev.parley.policy.plan.Group;
import dev.parley.policy.plan.Plan;
import dev.parley.protocol.room.DatasetId;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Identities that hold between queries, whatever the right answers are. Ternary logic partitioning (Rigger and Su): a query
 * is the sum of itself where a condition holds, where its opposite does, and where neither does. No optimisation: what a
 * condition keeps is what it would label, had it been made a group.
 */
@NullUnmarked
class QueryIdentitiesTest {
    private static final int SOME = 60;
    /** Six queries each. */
    private static final int ALL = 3_400;

    private static final Analysis ANALYSIS = new Analysis(new EngineSettings(1, 256L << 20));

    @Test
    void holdOnRandomPlansAndData() {
        assertThat(LongStream.range(0, SOME).filter(QueryIdentitiesTest::hold).count())
                .isGreaterThan(SOME / 3);
    }

    @Test
    @Tag("nightly")
    void holdOnTwentyThousandQueries() {
        assertThat(LongStream.range(SOME, SOME + ALL)
                        .parallel()
                        .filter(QueryIdentitiesTest::hold)
                        .count())
                .isGreaterThan(ALL / 3);
    }

    /** Whether the answers, between which the identities must hold, are about anybody. */
    private static boolean hold(long seed) {
        var random = new RandomPlans(seed);
        var plan = random.plan(ReleaseMode.THRESHOLD);
        Map<DatasetId, TableSource> tables = new RandomShop(seed).tables();
        var dataset = plan.datasets().get((int) (seed % plan.datasets().size()));
        try {
            var whole = partitionsAddUp(seed, innerJoined(plan, dataset), random.condition(dataset), dataset, tables);
            labelsWhatItKeeps(seed, plan, random.test(dataset), tables);
            return whole;
        } catch (EngineFailure e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    /** A condition on a dataset drops who is not in it; so for the parts to add up, the whole must too. */
    private static Plan innerJoined(Plan plan, DatasetId dataset) {
        var joins = plan.joins().stream()
                .map(join -> join.right().dataset().equals(dataset)
                        ? new Plan.Join(Plan.Join.Kind.INNER, join.right())
                        : join)
                .toList();
        return new Plan(plan.from(), joins, plan.where(), plan.groupBy(), plan.aggregates());
    }

    private static boolean partitionsAddUp(
            long seed, Plan plan, Condition condition, DatasetId dataset, Map<DatasetId, TableSource> tables)
            throws EngineFailure {
        var holds = conjunction(condition);
        var opposite = opposite(condition);
        var table = (MemoryTable) tables.get(dataset);
        var neither = new HashMap<>(tables);
        neither.put(
                dataset,
                table.without(row ->
                        NaiveEvaluator.hold(holds, dataset, row) || NaiveEvaluator.hold(opposite, dataset, row)));

        var whole = run(plan, tables);
        var parts = List.of(run(where(plan, holds), tables), run(where(plan, opposite), tables), run(plan, neither));

        var keys = Stream.concat(Stream.of(whole), parts.stream())
                .flatMap(part -> part.keySet().stream())
                .distinct();
        keys.forEach(key -> {
            var sums = parts.stream()
                    .map(part -> part.get(key))
                    .filter(part -> part != null)
                    .toList();
            for (int i = 0; i < plan.aggregates().size(); i++) {
                int figure = i;
                var total = total(whole.get(key), figure);
                var sum = sums.stream().map(part -> total(part, figure)).reduce(BigInteger.ZERO, BigInteger::add);
                var as = assertThat(total)
                        .as(
                                "seed %d, key %s, %s of %s",
                                seed, key, plan.aggregates().get(i), plan);
                if (plan.aggregates().get(i) instanceof Aggregate.CountPeople) {
                    // Somebody may have rows in two parts.
                    as.isBetween(
                            sums.stream().map(part -> total(part, figure)).reduce(BigInteger.ZERO, BigInteger::max),
                            sum);
                } else {
                    as.isEqualTo(sum);
                }
            }
        });
        return whole.values().stream().anyMatch(group -> group.people().getFirst() > 0);
    }

    private static void labelsWhatItKeeps(long seed, Plan plan, Condition.Test test, Map<DatasetId, TableSource> tables)
            throws EngineFailure {
        var label = new Group(
                test.column(),
                new ColumnName("kept"),
                Optional.of(new Buckets(List.of(new Buckets.Case("yes", test)), Optional.of("no"))));
        var groups = new ArrayList<>(plan.groupBy());
        groups.add(label);
        var labelled = new Plan(plan.from(), plan.joins(), plan.where(), groups, plan.aggregates());

        var kept = run(where(plan, List.of(test)), tables);
        var all = run(labelled, tables);

        kept.forEach((key, group) -> {
            var longer = new ArrayList<>(key);
            longer.add("yes");
            var same = all.get(longer);
            if (same != null || group.people().getFirst() > 0) {
                assertThat(same.values())
                        .as("seed %d, key %s, %s", seed, key, labelled)
                        .isEqualTo(group.values());
                assertThat(same.people()).isEqualTo(group.people());
            }
        });
    }

    private static Map<List<String>, ExactResult.Group> run(Plan plan, Map<DatasetId, TableSource> tables)
            throws EngineFailure {
        var limits = Shop.limits(ReleaseMode.THRESHOLD, plan, 1, 1, 2);
        var compiled = CompiledPlan.of(plan, limits, Shop.TABLES);
        var groups = new HashMap<List<String>, ExactResult.Group>();
        for (var group : ANALYSIS.exact(Shop.task(plan, limits, tables), compiled, Shop.seeds(1))
                .groups()) {
            groups.put(group.key(), group);
        }
        return groups;
    }

    private static BigInteger total(ExactResult.Group group, int figure) {
        return group == null ? BigInteger.ZERO : group.values().get(figure).total();
    }

    private static Plan where(Plan plan, List<Condition> more) {
        var where = new ArrayList<>(plan.where());
        where.addAll(more);
        return new Plan(plan.from(), plan.joins(), where, plan.groupBy(), plan.aggregates());
    }

    private static List<Condition> conjunction(Condition condition) {
        return condition instanceof Condition.AllOf(var parts) ? parts : List.of(condition);
    }

    /** By De Morgan, as conditions that all must hold. A null meets neither a condition nor its opposite. */
    private static List<Condition> opposite(Condition condition) {
        return switch (condition) {
            case Condition.Compare(var column, var operator, var value) ->
                List.of(new Condition.Compare(column, opposite(operator), value));
            case Condition.OneOf(var column, var values) ->
                values.stream()
                        .<Condition>map(value -> new Condition.Compare(column, Condition.Operator.NOT_EQUAL, value))
                        .toList();
            case Condition.AnyOf(var parts) ->
                parts.stream().flatMap(part -> opposite(part).stream()).toList();
            case Condition.AllOf(var parts) ->
                List.of(new Condition.AnyOf(
                        parts.stream().map(part -> together(opposite(part))).toList()));
        };
    }

    private static Condition together(List<Condition> conditions) {
        return conditions.size() == 1 ? conditions.getFirst() : new Condition.AllOf(conditions);
    }

    private static Condition.Operator opposite(Condition.Operator operator) {
        return switch (operator) {
            case EQUAL -> Condition.Operator.NOT_EQUAL;
            case NOT_EQUAL -> Condition.Operator.EQUAL;
            case LESS -> Condition.Operator.GREATER_OR_EQUAL;
            case LESS_OR_EQUAL -> Condition.Operator.GREATER;
            case GREATER -> Condition.Operator.LESS_OR_EQUAL;
            case GREATER_OR_EQUAL -> Condition.Operator.LESS;
        };
    }
}
