package dev.parley.policy.sql;

import dev.parley.policy.bundle.Column;
import dev.parley.policy.bundle.ColumnRole;
import dev.parley.policy.bundle.ColumnType;
import dev.parley.policy.bundle.Dataset;
import dev.parley.policy.plan.Aggregate;
import dev.parley.policy.plan.ColumnName;
import dev.parley.policy.plan.ColumnRef;
import dev.parley.policy.plan.Condition;
import dev.parley.policy.plan.Condition.Operator;
import dev.parley.policy.plan.Literal;
import dev.parley.policy.plan.Plan;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** Plans over {@link Room}, every part of the algebra in every combination, from a seed. */
final class RandomPlans {
    private final Random random;
    private final List<String> words;
    private final List<Dataset> datasets = new ArrayList<>();
    private int names;

    RandomPlans(long seed) {
        this.random = new Random(seed);
        this.words = Grammar.words().stream().sorted().toList();
    }

    Plan next() {
        datasets.clear();
        names = 0;
        datasets.add(Room.DATASETS.get(random.nextInt(3)));
        var joined = random.nextBoolean();
        var left = ref(datasets.getFirst(), datasets.getFirst().identity());
        Optional<Plan.Join> join = Optional.empty();
        if (joined) {
            var right = pick(Room.DATASETS.stream()
                    .filter(d -> !d.equals(datasets.getFirst()))
                    .toList());
            datasets.add(right);
            var pair = identities();
            left = pair.getFirst();
            join = Optional.of(new Plan.Join(pick(List.of(Plan.Join.Kind.values())), pair.getLast()));
        }
        return new Plan(left, join, conditions(), groups(), aggregates());
    }

    private List<ColumnRef> identities() {
        var pairs = new ArrayList<List<ColumnRef>>();
        for (var a : columns(datasets.getFirst(), ColumnRole.IDENTITY)) {
            for (var b : columns(datasets.getLast(), ColumnRole.IDENTITY)) {
                if (a.normalisation().equals(b.normalisation())) {
                    pairs.add(List.of(ref(datasets.getFirst(), a), ref(datasets.getLast(), b)));
                }
            }
        }
        return pick(pairs);
    }

    private List<Condition> conditions() {
        var conditions = new ArrayList<Condition>();
        for (var count = random.nextInt(6); count > 0; count--) {
            var dataset = pick(datasets);
            var columns = columns(dataset, ColumnRole.DIMENSION, ColumnRole.FILTER);
            if (!columns.isEmpty()) {
                conditions.add(condition(dataset, pick(columns)));
            }
        }
        return conditions;
    }

    private Condition condition(Dataset dataset, Column column) {
        if (random.nextInt(3) == 0) {
            var values = Stream.generate(() -> literal(column))
                    .limit(1 + random.nextInt(5))
                    .toList();
            return new Condition.OneOf(ref(dataset, column), values);
        }
        var unordered = column.type() instanceof ColumnType.Text || column.type() instanceof ColumnType.Truth;
        var operator = pick(unordered ? List.of(Operator.EQUAL, Operator.NOT_EQUAL) : List.of(Operator.values()));
        return new Condition.Compare(ref(dataset, column), operator, literal(column));
    }

    private Literal literal(Column column) {
        if (random.nextInt(4) == 0) {
            return new Literal.Parameter(pick(Room.PARAMETERS.stream()
                            .filter(p -> p.type().equals(column.type()))
                            .toList())
                    .name());
        }
        return switch (column.type()) {
            case ColumnType.Text() ->
                new Literal.Text(
                        column.domain().isPresent() ? pick(column.domain().get().values()) : text());
            case ColumnType.Whole() -> new Literal.Whole(random.nextLong() >> random.nextInt(64));
            case ColumnType.Decimal(var scale) ->
                new Literal.Decimal(BigDecimal.valueOf(random.nextLong() >> random.nextInt(1, 64), scale));
            case ColumnType.Date() -> new Literal.Date(LocalDate.of(1, 1, 1).plusDays(random.nextInt(3_650_000)));
            case ColumnType.Timestamp() ->
                new Literal.Timestamp(Instant.ofEpochSecond(
                        random.nextLong(-62_135_596_800L, 253_402_300_800L),
                        random.nextBoolean() ? 0 : random.nextInt(1_000_000) * 1000L));
            case ColumnType.Truth() -> new Literal.Truth(random.nextBoolean());
            case ColumnType.Identity() -> throw new IllegalStateException("identities are not compared");
        };
    }

    private String text() {
        var parts =
                List.of("'", "''", "\"", "--", "/*", "*/", ":seg", "?", ";", "\\", "ä", "日", "🙂", " ", "x", "%", "{");
        var text = new StringBuilder();
        for (var count = random.nextInt(8); count > 0; count--) {
            text.append(pick(parts));
        }
        return text.toString();
    }

    private List<Plan.Group> groups() {
        var groups = new ArrayList<Plan.Group>();
        for (var dataset : datasets) {
            for (var column : columns(dataset, ColumnRole.DIMENSION)) {
                if (random.nextInt(3) == 0) {
                    groups.add(new Plan.Group(ref(dataset, column), name()));
                }
            }
        }
        return groups;
    }

    private List<Aggregate> aggregates() {
        var aggregates = new ArrayList<Aggregate>();
        for (var count = 1 + random.nextInt(4); count > 0; count--) {
            var dataset = pick(datasets);
            var measure = ref(dataset, pick(columns(dataset, ColumnRole.MEASURE)));
            aggregates.add(
                    switch (random.nextInt(4)) {
                        case 0 -> new Aggregate.CountRows(name());
                        case 1 -> new Aggregate.CountPeople(name());
                        case 2 -> new Aggregate.Sum(measure, name());
                        default -> new Aggregate.Mean(measure, name());
                    });
        }
        return aggregates;
    }

    /** Half the names are words of SQL. */
    private ColumnName name() {
        var word = pick(words).toLowerCase(Locale.ROOT);
        var usable = random.nextBoolean() && word.matches("[a-z][a-z0-9_]{0,50}");
        var name = usable ? word : "out";
        return new ColumnName(names++ == 0 ? name : name + "_" + names);
    }

    private static List<Column> columns(Dataset dataset, ColumnRole... roles) {
        return dataset.columns().stream()
                .filter(column -> List.of(roles).contains(column.role()))
                .toList();
    }

    private static ColumnRef ref(Dataset dataset, Column column) {
        return new ColumnRef(dataset.id(), column.name());
    }

    private <T> T pick(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }
}
