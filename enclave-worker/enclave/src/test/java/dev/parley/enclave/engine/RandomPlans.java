package dev.parley.enclave.engine;

import dev.parley.policy.bundle.ReleaseMode;
import dev.parley.policy.plan.Aggregate;
import dev.parley.policy.plan.Buckets;
import dev.parley.policy.plan.ColumnRef;
import dev.parley.policy.plan.Condition;
import dev.parley.policy.plan.Group;
import dev.parley.policy.plan.Literal;
import dev.parley.policy.plan.Plan;
import dev.parley.protocol.room.DatasetId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;

/** Plans over {@link Shop} of every shape that the algebra has, from a seed. */
@NullUnmarked
final class RandomPlans {
    private static final int DEEPEST = 3;

    private final Random random;
    private final List<DatasetId> datasets = new ArrayList<>();

    RandomPlans(long seed) {
        random = new Random(~seed);
    }

    ReleaseMode mode() {
        return any(ReleaseMode.DP, ReleaseMode.DP, ReleaseMode.THRESHOLD, ReleaseMode.DP_AND_THRESHOLD);
    }

    Plan plan(ReleaseMode mode) {
        var order = new ArrayList<>(List.of(Shop.CUSTOMERS, Shop.EXPOSURES, Shop.VISITS));
        Collections.shuffle(order, random);
        datasets.addAll(order.subList(0, any(1, 2, 2, 3)));
        var joins = datasets.stream()
                .skip(1)
                .map(dataset -> new Plan.Join(any(Plan.Join.Kind.values()), Shop.identityOf(dataset)))
                .toList();
        return new Plan(
                Shop.identityOf(datasets.getFirst()),
                joins,
                some(
                        IntStream.range(0, 4)
                                .mapToObj(i -> condition(any(datasets)))
                                .toList(),
                        0),
                some(groups(mode), 0),
                some(figures(mode), 1));
    }

    /** A condition on one dataset: a test, or some levels of OR and AND around tests. */
    Condition condition(DatasetId dataset) {
        return combined(dataset, Math.max(0, random.nextInt(DEEPEST + 3) - 2), false);
    }

    private Condition combined(DatasetId dataset, int depth, boolean all) {
        if (depth == 0) {
            return test(dataset);
        }
        var parts = IntStream.range(0, 2 + random.nextInt(3))
                .mapToObj(i -> combined(dataset, random.nextInt(depth), !all))
                .toList();
        return all ? new Condition.AllOf(parts) : new Condition.AnyOf(parts);
    }

    Condition.Test test(DatasetId dataset) {
        return test(any(Shop.TABLES.get(dataset).columns().stream()
                .map(column -> new ColumnRef(dataset, column.name()))
                .filter(column -> !Shop.isMeasureOrIdentity(column))
                .toList()));
    }

    private Condition.Test test(ColumnRef column) {
        Supplier<Literal> literal = () -> literal(column);
        if (random.nextInt(4) == 0) {
            return new Condition.OneOf(column, List.of(literal.get(), literal.get()));
        }
        return new Condition.Compare(column, any(Condition.Operator.values()), literal.get());
    }

    private Literal literal(ColumnRef column) {
        return switch (column.column().value()) {
            case "age" ->
                random.nextBoolean()
                        ? new Literal.Whole(random.nextLong(15, 101))
                        : new Literal.Decimal(new BigDecimal(any("20.5", "999999999999999999", "-0.5", "44")));
            case "tier" -> new Literal.Text(any("gold", "silver", "bronze"));
            case "since", "evening" -> new Literal.Date(LocalDate.ofEpochDay(19_000 + random.nextInt(10)));
            case "active" -> new Literal.Truth(random.nextBoolean());
            case "segment" -> new Literal.Text(any("new", "loyal", "unheard-of"));
            case "town" -> new Literal.Text(any("Ulm", "Jena", "Köln"));
            case "channel" -> new Literal.Text(any("web", "app", "tv"));
            case "genre" -> new Literal.Text(any("drama", "comedy", "horror"));
            case "note" -> new Literal.Text(any("a", "é", "\uD83D\uDE00"));
            case "seats" -> new Literal.Whole(random.nextLong(0, 10));
            case "seen" ->
                new Literal.Timestamp(Instant.ofEpochSecond(1_700_000_000L, random.nextInt(5) * 1_000L + any(0, 500)));
            default -> throw new IllegalArgumentException("not a column that conditions are on");
        };
    }

    private List<Group> groups(ReleaseMode mode) {
        var groups = new ArrayList<Group>();
        for (var dataset : datasets) {
            for (var column : Shop.TABLES.get(dataset).columns()) {
                var reference = new ColumnRef(dataset, column.name());
                if (!Shop.isMeasureOrIdentity(reference) && random.nextInt(3) == 0) {
                    groups.add(new Group(reference, column.name(), Optional.of(buckets(reference))));
                } else if (Shop.isTextDimension(reference) && (column.domain().isPresent() || !mode.addsNoise())) {
                    groups.add(new Group(reference, column.name()));
                }
            }
        }
        return groups;
    }

    private Buckets buckets(ColumnRef column) {
        var cases = IntStream.range(0, 1 + random.nextInt(3))
                .mapToObj(i -> new Buckets.Case("bucket " + i, when(column, random.nextInt(3))))
                .toList();
        return new Buckets(cases, random.nextBoolean() ? Optional.of("the rest") : Optional.empty());
    }

    private Condition when(ColumnRef column, int depth) {
        if (depth == 0) {
            return test(column);
        }
        var parts = List.<Condition>of(test(column), test(column));
        return depth == 1 ? new Condition.AllOf(parts) : new Condition.AnyOf(parts);
    }

    private List<Aggregate> figures(ReleaseMode mode) {
        var figures = new ArrayList<>(List.of(Shop.rows(), Shop.people()));
        for (var dataset : datasets) {
            if (dataset.equals(Shop.CUSTOMERS)) {
                figures.addAll(List.of(
                        Shop.sum(Shop.customers("spend")),
                        Shop.mean(Shop.customers("spend")),
                        Shop.sum(Shop.customers("visits"))));
                if (!mode.addsNoise()) {
                    figures.add(Shop.sum(Shop.customers("points")));
                }
            } else if (dataset.equals(Shop.EXPOSURES)) {
                figures.addAll(List.of(Shop.sum(Shop.exposures("clicks")), Shop.mean(Shop.exposures("cost"))));
            } else {
                figures.addAll(List.of(Shop.sum(Shop.visits("paid")), Shop.mean(Shop.visits("paid"))));
            }
        }
        return figures;
    }

    @SafeVarargs
    private <T> T any(T... values) {
        return values[random.nextInt(values.length)];
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private <T> List<T> some(List<T> items, int least) {
        var shuffled = new ArrayList<>(items);
        Collections.shuffle(shuffled, random);
        return List.copyOf(shuffled.subList(0, least + random.nextInt(Math.min(4, items.size() + 1 - least))));
    }
}
