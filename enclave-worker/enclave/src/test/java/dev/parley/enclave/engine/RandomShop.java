package dev.parley.enclave.engine;

import dev.parley.policy.bundle.ReleaseMode;
import dev.parley.policy.plan.Aggregate;
import dev.parley.policy.plan.ColumnRef;
import dev.parley.policy.plan.Condition;
import dev.parley.policy.plan.Literal;
import dev.parley.policy.plan.Plan;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** Seeded data and plans with nulls, values outside of bounds and domains, and people with many rows. */
@NullUnmarked
final class RandomShop {
    private final Random random;
    private final int people;

    RandomShop(long seed) {
        random = new Random(seed);
        people = 1 + random.nextInt(40);
    }

    MemoryTable customers() {
        return new MemoryTable(
                Shop.CUSTOMERS_TABLE,
                rows(() -> Shop.row(
                        "email", nullable(20, person()),
                        "segment", nullable(20, any("new", "loyal", "lapsed", "unheard-of")),
                        "town", nullable(20, any("Ulm", "Jena", "Köln")),
                        "spend", nullable(8, random.nextLong(-2_000, 20_000)),
                        "visits", nullable(8, random.nextLong(-5, 50)),
                        "points", nullable(8, random.nextBoolean() ? random.nextLong() : random.nextLong(9)),
                        "age", nullable(8, random.nextLong(10, 110)),
                        "tier", nullable(8, any("gold", "silver", "bronze")),
                        "since", nullable(8, 19_000L + random.nextInt(10)),
                        "active", nullable(8, (long) random.nextInt(2)))),
                1 + random.nextInt(60));
    }

    MemoryTable exposures() {
        return new MemoryTable(
                Shop.EXPOSURES_TABLE,
                rows(() -> Shop.row(
                        "mail", nullable(20, person()),
                        "channel", nullable(20, any("web", "app", "tv")),
                        "clicks", nullable(8, random.nextLong(-3, 15)),
                        "cost", nullable(8, random.nextLong(-3, 6_000)),
                        "seen", nullable(8, 1_700_000_000_000_000L + random.nextInt(5)),
                        "note", nullable(8, any("a", "b", "é", "\uD83D\uDE00", "\uFFFD")))),
                1 + random.nextInt(60));
    }

    ReleaseMode mode() {
        return any(ReleaseMode.DP, ReleaseMode.DP, ReleaseMode.THRESHOLD, ReleaseMode.DP_AND_THRESHOLD);
    }

    Plan plan(ReleaseMode mode) {
        boolean join = random.nextInt(4) > 0;
        var groups = new ArrayList<>(List.of(Shop.customers("segment")));
        if (!mode.addsNoise()) {
            groups.add(Shop.customers("town"));
        }
        var aggregates = new ArrayList<>(List.of(
                Shop.rows(),
                Shop.people(),
                Shop.sum(Shop.customers("spend")),
                Shop.mean(Shop.customers("spend")),
                Shop.sum(Shop.customers("visits"))));
        if (!mode.addsNoise()) {
            aggregates.add(Shop.sum(Shop.customers("points")));
        }
        if (join) {
            groups.add(Shop.exposures("channel"));
            aggregates.add(Shop.sum(Shop.exposures("clicks")));
            aggregates.add(Shop.mean(Shop.exposures("cost")));
        }
        var where = some(IntStream.range(0, 4).mapToObj(i -> condition(join)).toList(), 0);
        List<ColumnRef> by = some(groups, 0);
        List<Aggregate> figures = some(aggregates, 1);
        return join
                ? Shop.joined(any(Plan.Join.Kind.INNER, Plan.Join.Kind.LEFT), where, by, figures)
                : Shop.alone(where, by, figures);
    }

    int upTo(int most) {
        return 1 + random.nextInt(most);
    }

    private Condition condition(boolean join) {
        return switch (random.nextInt(join ? 8 : 6)) {
            case 0 -> compare(Shop.customers("age"), () -> new Literal.Whole(random.nextLong(15, 101)));
            case 1 -> compare(Shop.customers("age"), () -> decimal(any("20.5", "999999999999999999", "-0.5", "44")));
            case 2 -> compare(Shop.customers("tier"), () -> new Literal.Text(any("gold", "silver", "bronze")));
            case 3 ->
                compare(
                        Shop.customers("since"),
                        () -> new Literal.Date(LocalDate.ofEpochDay(19_000 + random.nextInt(10))));
            case 4 -> compare(Shop.customers("active"), () -> new Literal.Truth(random.nextBoolean()));
            case 5 -> compare(Shop.customers("segment"), () -> new Literal.Text(any("new", "loyal", "unheard-of")));
            case 6 -> compare(Shop.exposures("note"), () -> new Literal.Text(any("a", "é", "\uD83D\uDE00")));
            default ->
                compare(
                        Shop.exposures("seen"),
                        () -> new Literal.Timestamp(
                                Instant.ofEpochSecond(1_700_000_000L, random.nextInt(5) * 1_000L + any(0, 500))));
        };
    }

    private Literal.Decimal decimal(String text) {
        return new Literal.Decimal(new BigDecimal(text));
    }

    private Condition compare(ColumnRef column, Supplier<Literal> literal) {
        if (random.nextInt(4) == 0) {
            return new Condition.OneOf(column, List.of(literal.get(), literal.get()));
        }
        return new Condition.Compare(column, any(Condition.Operator.values()), literal.get());
    }

    private List<Map<String, Object>> rows(Supplier<Map<String, Object>> row) {
        return IntStream.range(0, random.nextInt(150)).mapToObj(i -> row.get()).toList();
    }

    private String person() {
        // Squared: some people have many rows.
        return "person-" + (int) (people * random.nextDouble() * random.nextDouble());
    }

    private <T> @Nullable T nullable(int oneIn, T value) {
        return random.nextInt(oneIn) == 0 ? null : value;
    }

    @SafeVarargs
    private <T> T any(T... values) {
        return values[random.nextInt(values.length)];
    }

    private <T> List<T> some(List<T> items, int least) {
        var shuffled = new ArrayList<>(items);
        Collections.shuffle(shuffled, random);
        return List.copyOf(shuffled.subList(0, least + random.nextInt(Math.min(4, items.size() + 1 - least))));
    }
}
