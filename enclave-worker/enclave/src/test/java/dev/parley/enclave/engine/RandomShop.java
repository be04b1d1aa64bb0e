package dev.parley.enclave.engine;

import dev.parley.protocol.room.DatasetId;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** Seeded data with nulls, values outside of bounds and domains, and people with many rows. */
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
                rows(
                        100,
                        () -> Shop.row(
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
                rows(
                        100,
                        () -> Shop.row(
                                "mail", nullable(20, person()),
                                "channel", nullable(20, any("web", "app", "tv")),
                                "clicks", nullable(8, random.nextLong(-3, 15)),
                                "cost", nullable(8, random.nextLong(-3, 6_000)),
                                "seen", nullable(8, 1_700_000_000_000_000L + random.nextInt(5)),
                                "note", nullable(8, any("a", "b", "é", "\uD83D\uDE00", "\uFFFD")))),
                1 + random.nextInt(60));
    }

    MemoryTable visits() {
        return new MemoryTable(
                Shop.VISITS_TABLE,
                rows(
                        20,
                        () -> Shop.row(
                                "guest", nullable(20, person()),
                                "genre", nullable(20, any("drama", "comedy", "horror")),
                                "seats", nullable(8, random.nextLong(-1, 12)),
                                "evening", nullable(8, 19_000L + random.nextInt(10)),
                                "paid", nullable(8, random.nextLong(-500, 9_000)))),
                1 + random.nextInt(30));
    }

    /** All of them, by their names. */
    Map<DatasetId, TableSource> tables() {
        return Map.of(Shop.CUSTOMERS, customers(), Shop.EXPOSURES, exposures(), Shop.VISITS, visits());
    }

    int upTo(int most) {
        return 1 + random.nextInt(most);
    }

    private List<Map<String, Object>> rows(int most, Supplier<Map<String, Object>> row) {
        return IntStream.range(0, random.nextInt(most)).mapToObj(i -> row.get()).toList();
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
}
