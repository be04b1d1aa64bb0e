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
                random.nextBoolean()
                        ? Optional.of(new Plan.Join(
                                random.nextBoolean() ? Plan.Join.Kind.INNER : Plan.Join.Kind.LEFT, column(random)))
                        : Optional.empty(),
                several(random, 0, () -> condition(random)),
                several(random, 0, () -> new Plan.Group(column(random), name(random))),
                several(random, 1, () -> aggregate(random)));
    }

    private static Condition condition(RandomGenerator random) {
        if (random.nextBoolean()) {
            return new Condition.OneOf(column(random), several(random, 1, () -> literal(random)));
        }
        var operators = List.of(Condition.Operator.values());
        return new Condition.Compare(column(random), operators.get(random.nextInt(operators.size())), literal(random));
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
