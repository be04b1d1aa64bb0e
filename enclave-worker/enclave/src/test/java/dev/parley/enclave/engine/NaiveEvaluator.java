package dev.parley.enclave.engine;

import dev.parley.enclave.privacy.ExactResult;
import dev.parley.enclave.privacy.KeyedHash;
import dev.parley.enclave.privacy.SelectionKeys;
import dev.parley.policy.bundle.Column;
import dev.parley.policy.bundle.ColumnType;
import dev.parley.policy.plan.Aggregate;
import dev.parley.policy.plan.Buckets;
import dev.parley.policy.plan.ColumnRef;
import dev.parley.policy.plan.Condition;
import dev.parley.policy.plan.Group;
import dev.parley.policy.plan.Literal;
import dev.parley.policy.plan.Plan;
import dev.parley.protocol.room.DatasetId;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** The meaning of a plan, written a second time: nested loops over rows, without an engine. */
@NullUnmarked
final class NaiveEvaluator {
    private final AnalysisTask task;
    private final Plan plan;
    private final SelectionKeys keys;

    NaiveEvaluator(AnalysisTask task, SelectionKeys keys) {
        this.task = task;
        this.plan = task.query().plan();
        this.keys = keys;
    }

    /** A row of each dataset, as far as it has a partner there. */
    private record Joined(Map<DatasetId, Map<String, Object>> rows) {
        Joined with(DatasetId dataset, Map<String, Object> row) {
            var more = new HashMap<>(rows);
            more.put(dataset, row);
            return new Joined(more);
        }
    }

    private record Contribution(Object person, List<String> group, Joined row) {}

    List<ExactResult.Group> groups() {
        var contributions = new ArrayList<Contribution>();
        for (var row : joined()) {
            var key = key(row);
            if (key != null && plan.where().stream().allMatch(condition -> holds(condition, row))) {
                contributions.add(new Contribution(value(plan.from(), row), key, row));
            }
        }
        Collection<Contribution> kept = task.limits().mode().addsNoise() ? bounded(contributions) : contributions;
        var byGroup = kept.stream().collect(Collectors.groupingBy(Contribution::group));
        return keys(byGroup.keySet()).stream()
                .map(key -> group(key, byGroup.getOrDefault(key, List.of())))
                .toList();
    }

    private List<Joined> joined() {
        var joined = rows(plan.from()).stream()
                .map(row -> new Joined(Map.of(plan.from().dataset(), row)))
                .toList();
        for (var join : plan.joins()) {
            joined = joined(joined, join);
        }
        return joined;
    }

    private List<Joined> joined(List<Joined> rows, Plan.Join join) {
        var right = join.right().column().value();
        var matches = rows(join.right()).stream().collect(Collectors.groupingBy(row -> row.get(right)));
        var joined = new ArrayList<Joined>();
        for (var row : rows) {
            var matching = matches.getOrDefault(value(plan.from(), row), List.of());
            matching.forEach(match -> joined.add(row.with(join.right().dataset(), match)));
            if (matching.isEmpty() && join.kind() == Plan.Join.Kind.LEFT) {
                joined.add(row);
            }
        }
        return joined;
    }

    private List<Map<String, Object>> rows(ColumnRef identity) {
        return ((MemoryTable) task.sources().get(identity.dataset()))
                .contents().stream()
                        .filter(row -> row.get(identity.column().value()) != null)
                        .toList();
    }

    private static Column column(ColumnRef reference) {
        return Shop.column(reference);
    }

    private static @Nullable Object value(ColumnRef reference, Joined row) {
        var side = row.rows().get(reference.dataset());
        return side == null ? null : side.get(reference.column().value());
    }

    private @Nullable List<String> key(Joined row) {
        var key = new ArrayList<String>();
        for (var group : plan.groupBy()) {
            var label = group.buckets().isPresent() ? bucket(group.buckets().get(), row) : text(group, row);
            if (label == null) {
                return null;
            }
            key.add(label);
        }
        return key;
    }

    private static @Nullable String bucket(Buckets buckets, Joined row) {
        for (var bucket : buckets.cases()) {
            if (holds(bucket.when(), row)) {
                return bucket.label();
            }
        }
        return buckets.otherwise().orElse(null);
    }

    private static @Nullable String text(Group group, Joined row) {
        var value = (String) value(group.dimension(), row);
        var domain = column(group.dimension()).domain();
        return value == null || (domain.isPresent() && !domain.get().contains(value)) ? null : value;
    }

    /** Whether a row of a dataset meets all of these conditions. */
    static boolean hold(List<Condition> conditions, DatasetId dataset, Map<String, Object> row) {
        var joined = new Joined(Map.of(dataset, row));
        return conditions.stream().allMatch(condition -> holds(condition, joined));
    }

    private static boolean holds(Condition condition, Joined row) {
        return switch (condition) {
            case Condition.AnyOf(var parts) -> parts.stream().anyMatch(part -> holds(part, row));
            case Condition.AllOf(var parts) -> parts.stream().allMatch(part -> holds(part, row));
            case Condition.Test test -> holds(test, value(test.column(), row));
        };
    }

    private static boolean holds(Condition.Test test, @Nullable Object value) {
        if (value == null) {
            return false;
        }
        return switch (test) {
            case Condition.OneOf(var column, var values) ->
                values.stream().anyMatch(literal -> compare(column(column), value, literal, 0) == 0);
            case Condition.Compare(var column, var operator, var literal) -> {
                int unknown = 99;
                int order = compare(column(column), value, literal, unknown);
                yield order != unknown
                        && switch (operator) {
                            case EQUAL -> order == 0;
                            case NOT_EQUAL -> order != 0;
                            case LESS -> order < 0;
                            case LESS_OR_EQUAL -> order <= 0;
                            case GREATER -> order > 0;
                            case GREATER_OR_EQUAL -> order >= 0;
                        };
            }
        };
    }

    private static int compare(Column column, Object value, Literal literal, int outside) {
        if (value instanceof String text) {
            if (column.domain().isPresent() && !column.domain().get().contains(text)) {
                return outside == 0 ? 1 : outside;
            }
            int[] a = text.codePoints().toArray();
            int[] b = ((Literal.Text) literal).value().codePoints().toArray();
            return java.util.Arrays.compare(a, b);
        }
        int scale = column.type() instanceof ColumnType.Decimal(var digits) ? digits : 0;
        var number = BigDecimal.valueOf((long) value, scale);
        if (column.bounds().isPresent()) {
            number = number.max(column.bounds().get().min())
                    .min(column.bounds().get().max());
        }
        return switch (literal) {
            case Literal.Whole(var whole) -> number.compareTo(BigDecimal.valueOf(whole));
            case Literal.Decimal(var decimal) -> number.compareTo(decimal);
            case Literal.Truth(var truth) -> Boolean.compare((long) value == 1, truth);
            case Literal.Date(var date) -> LocalDate.ofEpochDay((long) value).compareTo(date);
            case Literal.Timestamp(var instant) ->
                Instant.EPOCH
                        .plus(Duration.ofSeconds((long) value / 1_000_000, (long) value % 1_000_000 * 1_000))
                        .compareTo(instant);
            default -> throw new AssertionError();
        };
    }

    private List<Contribution> bounded(List<Contribution> all) {
        var kept = new ArrayList<Contribution>();
        for (var person : all.stream()
                .collect(Collectors.groupingBy(Contribution::person))
                .values()) {
            var byGroup = person.stream().collect(Collectors.groupingBy(Contribution::group));
            least(byGroup.keySet(), key -> choice(person, key), task.limits().maxGroupsPerPerson())
                    .forEach(key -> kept.addAll(
                            least(byGroup.get(key), this::tag, task.limits().maxRowsPerGroupPerPerson())));
        }
        return kept;
    }

    private static <T> List<T> least(Collection<T> items, ToLongFunction<T> order, int most) {
        return items.stream()
                .map(item -> Map.entry(order.applyAsLong(item), item))
                .sorted((a, b) -> Long.compareUnsigned(a.getKey(), b.getKey()))
                .limit(most)
                .map(Map.Entry::getValue)
                .toList();
    }

    private long choice(List<Contribution> person, List<String> key) {
        var hash = new KeyedHash().start(keys.people());
        for (long word : People.words((String) person.getFirst().person())) {
            hash.word(word);
        }
        return murmur(hash.finish() ^ (number(key, null) * PlanSql.GROUP_SPREAD));
    }

    private long tag(Contribution contribution) {
        long tag = 0;
        for (var identity : identities()) {
            if (contribution.row().rows().containsKey(identity.dataset())) {
                tag ^= tag(identity, contribution);
            }
        }
        return murmur(tag);
    }

    private List<ColumnRef> identities() {
        return Stream.concat(Stream.of(plan.from()), plan.joins().stream().map(Plan.Join::right))
                .toList();
    }

    private long tag(ColumnRef identity, Contribution contribution) {
        var hash = new KeyedHash().start(keys.rowsOf(identity.dataset()));
        for (long word : People.words((String) value(identity, contribution.row()))) {
            hash.word(word);
        }
        hash.word(number(contribution.group(), identity));
        for (var measure : measures()) {
            if (measure.dataset().equals(identity.dataset())) {
                var value = clamped(measure, contribution.row());
                hash.word(value == null ? 1 : 0).word(value == null ? 0 : value);
            }
        }
        return hash.finish();
    }

    private Set<ColumnRef> measures() {
        var measures = new LinkedHashSet<ColumnRef>();
        for (var aggregate : plan.aggregates()) {
            if (aggregate instanceof Aggregate.Sum(var measure, var as)) {
                measures.add(measure);
            } else if (aggregate instanceof Aggregate.Mean(var measure, var as)) {
                measures.add(measure);
            }
        }
        return measures;
    }

    /** The place of a key in the cross product of the domains; of one dataset's part of it, if one is named. */
    private long number(List<String> key, @Nullable ColumnRef only) {
        long number = 0;
        for (int i = 0; i < key.size(); i++) {
            var dimension = plan.groupBy().get(i).dimension();
            var domain = domain(plan.groupBy().get(i)).orElseThrow();
            number = number * domain.size();
            if (only == null || only.dataset().equals(dimension.dataset())) {
                number += domain.indexOf(key.get(i));
            }
        }
        return number;
    }

    private Optional<List<String>> domain(Group group) {
        return group.buckets()
                .map(Buckets::labels)
                .or(() -> column(group.dimension()).domain().map(domain -> domain.values()));
    }

    private @Nullable Long clamped(ColumnRef measure, Joined row) {
        var value = (Long) value(measure, row);
        var column = column(measure);
        if (value == null || column.bounds().isEmpty()) {
            return value;
        }
        int scale = column.type() instanceof ColumnType.Decimal(var digits) ? digits : 0;
        return BigDecimal.valueOf(value, scale)
                .max(column.bounds().get().min())
                .min(column.bounds().get().max())
                .movePointRight(scale)
                .longValueExact();
    }

    private List<List<String>> keys(Set<List<String>> found) {
        var keys = List.of(List.<String>of());
        for (var group : plan.groupBy()) {
            var domain = domain(group);
            if (domain.isEmpty()) {
                return found.stream()
                        .sorted(Comparator.comparing(key -> String.join("\0", key)))
                        .toList();
            }
            keys = keys.stream()
                    .flatMap(key -> domain.get().stream().map(value -> {
                        var longer = new ArrayList<>(key);
                        longer.add(value);
                        return List.copyOf(longer);
                    }))
                    .toList();
        }
        return keys;
    }

    private ExactResult.Group group(List<String> key, List<Contribution> rows) {
        var values = plan.aggregates().stream()
                .map(aggregate -> switch (aggregate) {
                    case Aggregate.CountRows a ->
                        new ExactResult.Value(BigInteger.valueOf(rows.size()), rows.size(), people(rows));
                    case Aggregate.CountPeople a -> {
                        long people = people(rows).getFirst();
                        yield new ExactResult.Value(BigInteger.valueOf(people), people, people(rows));
                    }
                    case Aggregate.Sum(var measure, var as) -> measured(measure, rows);
                    case Aggregate.Mean(var measure, var as) -> measured(measure, rows);
                })
                .toList();
        return new ExactResult.Group(key, people(rows), values);
    }

    private ExactResult.Value measured(ColumnRef measure, List<Contribution> rows) {
        var present =
                rows.stream().filter(row -> clamped(measure, row.row()) != null).toList();
        var total = present.stream()
                .map(row -> BigInteger.valueOf(clamped(measure, row.row())))
                .reduce(BigInteger.ZERO, BigInteger::add);
        return new ExactResult.Value(total, present.size(), people(present));
    }

    private List<Long> people(List<Contribution> rows) {
        return identities().stream()
                .map(identity -> rows.stream()
                        .map(row -> value(identity, row.row()))
                        .filter(Objects::nonNull)
                        .distinct()
                        .count())
                .toList();
    }

    /** What DuckDB's {@code hash} does to a 64-bit integer. */
    private static long murmur(long x) {
        x ^= x >>> 32;
        x *= 0xd6e8feb86659fd93L;
        x ^= x >>> 32;
        x *= 0xd6e8feb86659fd93L;
        return x ^ (x >>> 32);
    }
}
