package dev.parley.enclave.engine;

import dev.parley.enclave.privacy.Seeds;
import dev.parley.enclave.privacy.TestSeeds;
import dev.parley.policy.bundle.Bounds;
import dev.parley.policy.bundle.Budget;
import dev.parley.policy.bundle.Column;
import dev.parley.policy.bundle.ColumnRole;
import dev.parley.policy.bundle.ColumnType;
import dev.parley.policy.bundle.Dataset;
import dev.parley.policy.bundle.Domain;
import dev.parley.policy.bundle.ReleaseMode;
import dev.parley.policy.check.EffectiveLimits;
import dev.parley.policy.plan.Aggregate;
import dev.parley.policy.plan.ColumnName;
import dev.parley.policy.plan.ColumnRef;
import dev.parley.policy.plan.Condition;
import dev.parley.policy.plan.Group;
import dev.parley.policy.plan.Plan;
import dev.parley.policy.query.BoundQuery;
import dev.parley.protocol.room.DatasetId;
import dev.parley.protocol.room.LineageId;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.room.TemplateId;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** Invented datasets: a shop's customers, a publisher's exposures and a cinema's visits. */
@NullUnmarked
final class Shop {
    static final DatasetId CUSTOMERS = new DatasetId("customers");
    static final DatasetId EXPOSURES = new DatasetId("exposures");
    static final DatasetId VISITS = new DatasetId("visits");
    static final List<String> SEGMENTS = List.of("new", "loyal", "lapsed");
    static final List<String> CHANNELS = List.of("web", "app");
    static final List<String> GENRES = List.of("drama", "comedy");

    private Shop() {}

    static final Dataset CUSTOMERS_TABLE = new Dataset(
            CUSTOMERS,
            new PartyId("shop"),
            new LineageId("shop-people"),
            new ColumnName("email"),
            List.of(
                    identity("email"),
                    text("segment", ColumnRole.DIMENSION, SEGMENTS),
                    text("town", ColumnRole.DIMENSION, null),
                    number("spend", ColumnRole.MEASURE, new ColumnType.Decimal(2), "-5.00", "120.50"),
                    number("visits", ColumnRole.MEASURE, new ColumnType.Whole(), "0", "30"),
                    number("points", ColumnRole.MEASURE, new ColumnType.Whole(), null, null),
                    number("age", ColumnRole.FILTER, new ColumnType.Whole(), "18", "99"),
                    text("tier", ColumnRole.FILTER, List.of("gold", "silver")),
                    number("since", ColumnRole.FILTER, new ColumnType.Date(), null, null),
                    number("active", ColumnRole.FILTER, new ColumnType.Truth(), null, null)));

    static final Dataset EXPOSURES_TABLE = new Dataset(
            EXPOSURES,
            new PartyId("publisher"),
            new LineageId("publisher-people"),
            new ColumnName("mail"),
            List.of(
                    identity("mail"),
                    text("channel", ColumnRole.DIMENSION, CHANNELS),
                    number("clicks", ColumnRole.MEASURE, new ColumnType.Whole(), "0", "10"),
                    number("cost", ColumnRole.MEASURE, new ColumnType.Decimal(3), "0", "4.125"),
                    number("seen", ColumnRole.FILTER, new ColumnType.Timestamp(), null, null),
                    text("note", ColumnRole.FILTER, null)));

    static final Dataset VISITS_TABLE = new Dataset(
            VISITS,
            new PartyId("cinema"),
            new LineageId("cinema-people"),
            new ColumnName("guest"),
            List.of(
                    identity("guest"),
                    text("genre", ColumnRole.DIMENSION, GENRES),
                    number("seats", ColumnRole.DIMENSION, new ColumnType.Whole(), "1", "8"),
                    number("evening", ColumnRole.DIMENSION, new ColumnType.Date(), null, null),
                    number("paid", ColumnRole.MEASURE, new ColumnType.Decimal(2), "0", "80")));
    static final Map<DatasetId, Dataset> TABLES =
            Map.of(CUSTOMERS, CUSTOMERS_TABLE, EXPOSURES, EXPOSURES_TABLE, VISITS, VISITS_TABLE);

    private static Column identity(String name) {
        return new Column(
                new ColumnName(name),
                ColumnRole.IDENTITY,
                new ColumnType.Identity(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("email-v1"));
    }

    private static Column text(String name, ColumnRole role, @Nullable List<String> domain) {
        return new Column(
                new ColumnName(name),
                role,
                new ColumnType.Text(),
                Optional.ofNullable(domain).map(Domain::new),
                Optional.empty(),
                Optional.empty());
    }

    private static Column number(
            String name, ColumnRole role, ColumnType type, @Nullable String min, @Nullable String max) {
        return new Column(
                new ColumnName(name),
                role,
                type,
                Optional.empty(),
                min == null ? Optional.empty() : Optional.of(new Bounds(new BigDecimal(min), new BigDecimal(max))),
                Optional.empty());
    }

    static ColumnRef customers(String column) {
        return new ColumnRef(CUSTOMERS, new ColumnName(column));
    }

    static ColumnRef exposures(String column) {
        return new ColumnRef(EXPOSURES, new ColumnName(column));
    }

    static ColumnRef visits(String column) {
        return new ColumnRef(VISITS, new ColumnName(column));
    }

    static ColumnRef identityOf(DatasetId dataset) {
        return new ColumnRef(dataset, TABLES.get(dataset).privacyUnit());
    }

    static boolean isMeasureOrIdentity(ColumnRef column) {
        var role = column(column).role();
        return role == ColumnRole.MEASURE || role == ColumnRole.IDENTITY;
    }

    static boolean isTextDimension(ColumnRef column) {
        return column(column).role() == ColumnRole.DIMENSION && column(column).type() instanceof ColumnType.Text;
    }

    static Column column(ColumnRef column) {
        return TABLES.get(column.dataset()).column(column.column()).orElseThrow();
    }

    static Plan joined(Plan.Join.Kind kind, List<Condition> where, List<ColumnRef> groups, List<Aggregate> aggregates) {
        return new Plan(
                customers("email"), List.of(new Plan.Join(kind, exposures("mail"))), where, groups(groups), aggregates);
    }

    static Plan alone(List<Condition> where, List<ColumnRef> groups, List<Aggregate> aggregates) {
        return new Plan(customers("email"), List.of(), where, groups(groups), aggregates);
    }

    private static List<Group> groups(List<ColumnRef> columns) {
        return columns.stream()
                .map(column -> new Group(column, column.column()))
                .toList();
    }

    static Aggregate rows() {
        return new Aggregate.CountRows(new ColumnName("row_count"));
    }

    static Aggregate people() {
        return new Aggregate.CountPeople(new ColumnName("people"));
    }

    static Aggregate sum(ColumnRef measure) {
        return new Aggregate.Sum(measure, new ColumnName("sum_of_" + measure.column()));
    }

    static Aggregate mean(ColumnRef measure) {
        return new Aggregate.Mean(measure, new ColumnName("mean_of_" + measure.column()));
    }

    /** ε of one per aggregate, and thresholds of k for every dataset, as far as the mode has them. */
    static EffectiveLimits limits(ReleaseMode mode, Plan plan, int groups, int rows, int k) {
        var epsilons = plan.aggregates().stream().map(a -> 1_000_000L).toList();
        Map<DatasetId, LineageId> charged = plan.datasets().stream()
                .collect(Collectors.toMap(d -> d, d -> TABLES.get(d).lineage()));
        return new EffectiveLimits(
                mode,
                mode.addsNoise() ? 1_000_000L * epsilons.size() : 0,
                mode.addsNoise() ? epsilons : List.of(),
                groups,
                rows,
                mode.needsThresholds() ? plan.datasets().stream().collect(Collectors.toMap(d -> d, d -> k)) : Map.of(),
                charged,
                new EffectiveLimits.Quotas(1, Optional.empty(), Map.<LineageId, Budget>of()),
                Map.of());
    }

    static AnalysisTask task(Plan plan, EffectiveLimits limits, Map<DatasetId, TableSource> sources) {
        return new AnalysisTask(new BoundQuery(new TemplateId("test"), plan), limits, TABLES, sources);
    }

    static AnalysisTask task(Plan plan, EffectiveLimits limits, TableSource customers, TableSource exposures) {
        return new AnalysisTask(
                new BoundQuery(new TemplateId("test"), plan),
                limits,
                TABLES,
                Map.of(CUSTOMERS, customers, EXPOSURES, exposures));
    }

    static Seeds seeds(int first) {
        return TestSeeds.of(IntStream.range(first, first + 2)
                .mapToObj(i -> {
                    var seed = new byte[Seeds.SIZE];
                    Arrays.fill(seed, (byte) i);
                    return seed;
                })
                .toList());
    }

    /** A row; a null value is left out. */
    static Map<String, Object> row(Object... namesAndValues) {
        var row = new HashMap<String, Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i + 1] != null) {
                row.put((String) namesAndValues[i], namesAndValues[i + 1]);
            }
        }
        return row;
    }
}
