package dev.parley.policy.plan;

import dev.parley.protocol.room.DatasetId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Plans of every shape, most of them senseless, from a seeded generator. */
final class RandomPlans {
    private RandomPlans() {}

    static Plan plan(RandomGenerator random) {
        return new Plan(
                column(random),
                several(
                        random,
                        0,
                        () -> new Plan.Join(
                                random.nextBoolean() ? Plan.Join.Kind.INNER : Plan.Join.Kind.LEFT, column(random))),
                several(random, 0, () -> condition(random, random.nextInt(1 + Condition.MAX_DEPTH), false)),
                several(random, 0, () -> group(random)),
                several(random, 1, () -> aggregate(random)),
                excerpt(random));
    }

    /** Up to {@code depth} combinations around a test, alternating; the outermost is {@code all} or not. */
    private static Condition condition(RandomGenerator random, int depth, boolean all) {
        if (depth == 0) {
            return test(random);
        }
        var parts = several(random, 2, () -> condition(random, random.nextInt(depth), !all));
        return all ? new Condition.AllOf(parts) : new Condition.AnyOf(parts);
    }

    private static Condition test(RandomGenerator random) {
        if (random.nextBoolean()) {
            return new Condition.OneOf(column(random), several(random, 1, () -> literal(random)));
        }
        return new Condition.Compare(column(random), operator(random), literal(random));
    }

    private static Condition.Operator operator(RandomGenerator random) {
        var operators = List.of(Condition.Operator.values());
        return operators.get(random.nextInt(operators.size()));
    }

    private static Group group(RandomGenerator random) {
        if (random.nextBoolean()) {
            return new Group(column(random), name(random));
        }
        var cases = several(
                random,
                1,
                () -> new Buckets.Case(
                        label(random),
                        condition(random, random.nextInt(1 + Condition.MAX_DEPTH), random.nextBoolean())));
        var otherwise = random.nextBoolean() ? Optional.of(label(random)) : Optional.<String>empty();
        return new Group(column(random), name(random), Optional.of(new Buckets(cases, otherwise)));
    }

    private static String label(RandomGenerator random) {
        return List.of("a", "18 to 29", "größer", "日本 🙂", "it's", "\"").get(random.nextInt(6));
    }

    private static Excerpt excerpt(RandomGenerator random) {
        var order = several(random, 0, () -> name(random)).stream().distinct();
        return new Excerpt(
                several(random, 0, () -> new CellCondition(name(random), operator(random), literal(random))),
                order.map(name -> new Excerpt.Order(name, random.nextBoolean())).toList(),
                random.nextBoolean() ? Optional.of(1 + random.nextInt(Excerpt.MAX_LIMIT)) : Optional.empty());
    }

    private static Literal literal(RandomGenerator random) {
        return switch (random.nextInt(7)) {
            case 0 -> new Literal.Text(List.of("", "a", "é\u0000\"\\", "😀 ").get(random.nextInt(4)));
            case 1 -> new Literal.Whole(random.nextLong());
            case 2 -> new Literal.Decimal(BigDecimal.valueOf(random.nextInt(), random.nextInt(9)));
            case 3 -> new Literal.Truth(random.nextBoolean());
            case 4 -> new Literal.Date(LocalDate.ofEpochDay(random.nextInt(40_000)));
            case 5 -> new Literal.Timestamp(Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L)));
            default -> new Literal.Parameter(name(random));
        };
    }

    private static Aggregate aggregate(RandomGenerator random) {
        return switch (random.nextInt(4)) {
            case 0 -> new Aggregate.CountRows(name(random));
            case 1 -> new Aggregate.CountPeople(name(random));
            case 2 -> new Aggregate.Sum(column(random), name(random));
            default -> new Aggregate.Mean(column(random), name(random));
        };
    }

    private static ColumnRef column(RandomGenerator random) {
        return new ColumnRef(new DatasetId("d" + random.nextInt(3)), name(random));
    }

    private static ColumnName name(RandomGenerator random) {
        return new ColumnName("c" + random.nextInt(3));
    }

    private static <T> List<T> several(RandomGenerator random, int least, Supplier<T> each) {
        return Stream.generate(each).limit(least + random.nextInt(3)).toList();
    }
}
