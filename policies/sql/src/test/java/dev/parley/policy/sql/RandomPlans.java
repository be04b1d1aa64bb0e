package dev.parley.policy.sql;

import dev.parley.policy.bundle.Column;
import dev.parley.policy.bundle.ColumnRole;
import dev.parley.policy.bundle.ColumnType;
import dev.parley.policy.bundle.Dataset;
import dev.parley.policy.plan.Aggregate;
import dev.parley.policy.plan.Buckets;
import dev.parley.policy.plan.CellCondition;
import dev.parley.policy.plan.ColumnName;
import dev.parley.policy.plan.ColumnRef;
import dev.parley.policy.plan.Condition;
import dev.parley.policy.plan.Condition.Operator;
import dev.parley.policy.plan.Excerpt;
import dev.parley.policy.plan.Group;
import dev.parley.policy.plan.Literal;
import dev.parley.policy.plan.Plan;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
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
        var profile = pick(List.of("email", "email", "phone"));
        var joining = new ArrayList<>(Room.DATASETS.stream()
                .filter(dataset -> identity(dataset, profile).isPresent())
                .toList());
        Collections.shuffle(joining, random);
        datasets.addAll(joining.subList(0, 1 + random.nextInt(joining.size())));
        var first = datasets.getFirst();
        var from = datasets.size() == 1
                ? ref(first, first.identity())
                : identity(first, profile).orElseThrow();
        var joins = datasets.stream()
                .skip(1)
                .map(dataset -> new Plan.Join(
                        pick(List.of(Plan.Join.Kind.values())),
                        identity(dataset, profile).orElseThrow()))
                .toList();
        var groups = groups();
        var aggregates = aggregates();
        return new Plan(from, joins, conditions(), groups, aggregates, excerpt(groups, aggregates));
    }

    private static Optional<ColumnRef> identity(Dataset dataset, String profile) {
        return columns(dataset, ColumnRole.IDENTITY).stream()
                .filter(column -> column.normalisation().equals(Optional.of(profile)))
                .map(column -> ref(dataset, column))
                .findFirst();
    }

    private List<Condition> conditions() {
        var conditions = new ArrayList<Condition>();
        for (var count = random.nextInt(5); count > 0; count--) {
            var dataset = pick(datasets);
            var columns = columns(dataset, ColumnRole.DIMENSION, ColumnRole.FILTER);
            if (!columns.isEmpty()) {
                conditions.add(combined(() -> condition(dataset, pick(columns)), depth(), false));
            }
        }
        return conditions;
    }

    /** Mostly none. */
    private int depth() {
        return Math.max(0, random.nextInt(Condition.MAX_DEPTH + 4) - 3);
    }

    private Condition combined(Supplier<Condition> test, int depth, boolean all) {
        if (depth == 0) {
            return test.get();
        }
        var parts = new ArrayList<Condition>();
        for (var count = 2 + random.nextInt(2); count > 0; count--) {
            parts.add(combined(test, count == 1 ? depth - 1 : random.nextInt(depth), !all));
        }
        return all ? new Condition.AllOf(parts) : new Condition.AnyOf(parts);
    }

    private Excerpt excerpt(List<Group> groups, List<Aggregate> aggregates) {
        var having = new ArrayList<CellCondition>();
        for (var count = random.nextInt(3); count > 0; count--) {
            having.add(cell(pick(aggregates)));
        }
        var outputs = new ArrayList<ColumnName>();
        groups.forEach(group -> outputs.add(group.as()));
        aggregates.forEach(aggregate -> outputs.add(aggregate.as()));
        Collections.shuffle(outputs, random);
        var order = outputs.subList(0, random.nextInt(Math.min(3, outputs.size()) + 1)).stream()
                .map(name -> new Excerpt.Order(name, random.nextBoolean()))
                .toList();
        return new Excerpt(
                having, order, random.nextInt(3) == 0 ? Optional.of(1 + random.nextInt(1_000)) : Optional.empty());
    }

    private CellCondition cell(Aggregate aggregate) {
        var whole = switch (aggregate) {
            case Aggregate.CountRows rows -> true;
            case Aggregate.CountPeople people -> true;
            case Aggregate.Mean mean -> false;
            case Aggregate.Sum(var measure, var as) ->
                List.of("visits", "quantity", "views").contains(measure.column().value());
        };
        Literal value = whole
                ? new Literal.Whole(random.nextLong() >> random.nextInt(64))
                : new Literal.Decimal(BigDecimal.valueOf(random.nextInt(), random.nextInt(9)));
        if (random.nextInt(4) == 0) {
            value = new Literal.Parameter(new ColumnName(whole ? "min_age" : pick(List.of("floor", "exact"))));
        }
        return new CellCondition(aggregate.as(), pick(List.of(Operator.values())), value);
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

    private List<Group> groups() {
        var groups = new ArrayList<Group>();
        for (var dataset : datasets) {
            for (var column : columns(dataset, ColumnRole.DIMENSION)) {
                if (random.nextInt(5) == 0) {
                    groups.add(new Group(ref(dataset, column), name(), Optional.of(buckets(dataset, column))));
                } else if (random.nextInt(4) == 0 && column.type() instanceof ColumnType.Text) {
                    groups.add(new Group(ref(dataset, column), name()));
                }
            }
        }
        return groups;
    }

    private Buckets buckets(Dataset dataset, Column column) {
        var cases = new ArrayList<Buckets.Case>();
        for (var count = 1 + random.nextInt(3); count > 0; count--) {
            var when = combined(() -> condition(dataset, column), depth(), random.nextBoolean());
            cases.add(new Buckets.Case(label() + count, when));
        }
        return new Buckets(cases, random.nextBoolean() ? Optional.of(label()) : Optional.empty());
    }

    private String label() {
        return pick(List.of("18 to 29", "O'Brien", "größer", "日本 🙂", "\"x\"", "--", "/*", ":seg", "case", "?"));
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
