package dev.parley.enclave.engine;

import dev.parley.enclave.privacy.ExactResult;
import dev.parley.policy.plan.Aggregate;
import dev.parley.policy.plan.ColumnRef;
import dev.parley.policy.plan.Plan;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Reads the engine's answer: for each group the columns that {@link PlanSql} ends with. */
final class GroupReader {
    private final Plan plan;
    private final CompiledPlan compiled;

    GroupReader(Plan plan, CompiledPlan compiled) {
        this.plan = plan;
        this.compiled = compiled;
    }

    /** One group's figures. */
    record Answer(long group, List<Long> people, List<ExactResult.Value> values) {
        /** The same group's figures among these people and among others. */
        Answer plus(Answer others) {
            return new Answer(
                    group,
                    sums(people, others.people),
                    IntStream.range(0, values.size())
                            .mapToObj(i -> sum(values.get(i), others.values.get(i)))
                            .toList());
        }

        private static ExactResult.Value sum(ExactResult.Value a, ExactResult.Value b) {
            return new ExactResult.Value(a.total().add(b.total()), a.count() + b.count(), sums(a.people(), b.people()));
        }

        private static List<Long> sums(List<Long> a, List<Long> b) {
            return IntStream.range(0, a.size())
                    .mapToObj(i -> a.get(i) + b.get(i))
                    .toList();
        }
    }

    List<Answer> read(ResultSet rows) throws SQLException {
        var answers = new ArrayList<Answer>();
        while (rows.next()) {
            var people = people(rows, 3);
            var values = new ArrayList<ExactResult.Value>();
            for (var aggregate : plan.aggregates()) {
                values.add(
                        switch (aggregate) {
                            case Aggregate.CountRows a -> count(integer(rows, 2), people);
                            case Aggregate.CountPeople a -> count(integer(rows, 3), people);
                            case Aggregate.Sum(var measure, var as) -> measured(rows, measure);
                            case Aggregate.Mean(var measure, var as) -> measured(rows, measure);
                        });
            }
            answers.add(new Answer(rows.getLong(1), people, values));
        }
        return answers;
    }

    /** What a group without rows holds. */
    Answer nothing() {
        List<Long> nobody = compiled.scans().stream().map(scan -> 0L).toList();
        var none = new ExactResult.Value(BigInteger.ZERO, 0, nobody);
        return new Answer(
                0, nobody, plan.aggregates().stream().map(aggregate -> none).toList());
    }

    private static ExactResult.Value count(BigInteger total, List<Long> people) {
        return new ExactResult.Value(total, total.longValueExact(), people);
    }

    private ExactResult.Value measured(ResultSet rows, ColumnRef measure) throws SQLException {
        int sides = compiled.scans().size();
        int first = 3 + sides + (2 + sides) * compiled.measures().indexOf(measure);
        return new ExactResult.Value(
                integer(rows, first), integer(rows, first + 1).longValueExact(), people(rows, first + 2));
    }

    private List<Long> people(ResultSet rows, int column) throws SQLException {
        var people = new ArrayList<Long>();
        for (int side = 0; side < compiled.scans().size(); side++) {
            people.add(rows.getLong(column + side));
        }
        return people;
    }

    /** A sum over nothing but nulls is null: nothing was added. */
    private static BigInteger integer(ResultSet rows, int column) throws SQLException {
        BigDecimal number = rows.getBigDecimal(column);
        return number == null ? BigInteger.ZERO : number.toBigIntegerExact();
    }
}
