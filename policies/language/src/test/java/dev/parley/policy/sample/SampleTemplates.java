package dev.parley.policy.sample;

import dev.parley.policy.bundle.Bounds;
import dev.parley.policy.bundle.Budget;
import dev.parley.policy.bundle.Column;
import dev.parley.policy.bundle.ColumnRole;
import dev.parley.policy.bundle.ColumnType;
import dev.parley.policy.bundle.Dataset;
import dev.parley.policy.bundle.Domain;
import dev.parley.policy.bundle.Parameter;
import dev.parley.policy.bundle.Privacy;
import dev.parley.policy.bundle.ReleaseMode;
import dev.parley.policy.bundle.Template;
import dev.parley.policy.bundle.Threshold;
import dev.parley.policy.plan.Aggregate;
import dev.parley.policy.plan.ColumnName;
import dev.parley.policy.plan.ColumnRef;
import dev.parley.policy.plan.Condition;
import dev.parley.policy.plan.Group;
import dev.parley.policy.plan.Literal;
import dev.parley.policy.plan.Plan;
import dev.parley.protocol.room.DatasetId;
import dev.parley.protocol.room.LineageId;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.room.TemplateId;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The datasets, limits and templates of {@link SampleRoom}. */
public final class SampleTemplates {
    public static final PartyId RETAILER = new PartyId("retailer");
    public static final PartyId PUBLISHER = new PartyId("publisher");
    public static final DatasetId CUSTOMERS = new DatasetId("customers");
    public static final DatasetId EXPOSURES = new DatasetId("exposures");
    public static final ColumnName CAMPAIGN = new ColumnName("campaign");
    public static final Literal SPRING = new Literal.Text("spring");

    private SampleTemplates() {}

    public static Dataset customers() {
        return new Dataset(
                CUSTOMERS,
                RETAILER,
                new LineageId("shoppers"),
                new ColumnName("email"),
                List.of(
                        identity(),
                        text("segment", ColumnRole.DIMENSION, "families", "students", "seniors"),
                        text("region", ColumnRole.DIMENSION, "north", "south"),
                        number("spend", new ColumnType.Decimal(2), "0", "5000"),
                        new Column(
                                new ColumnName("note"),
                                ColumnRole.HIDDEN,
                                new ColumnType.Text(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty())));
    }

    public static Dataset exposures() {
        return new Dataset(
                EXPOSURES,
                PUBLISHER,
                new LineageId("readers"),
                new ColumnName("email"),
                List.of(
                        identity(),
                        text("campaign", ColumnRole.FILTER, "spring", "summer"),
                        number("impressions", new ColumnType.Whole(), "0", "100")));
    }

    public static Privacy retailerLimits() {
        return new Privacy(
                RETAILER,
                "privacy.yaml",
                Set.of(ReleaseMode.values()),
                List.of(new Threshold(CUSTOMERS, 50), new Threshold(EXPOSURES, 10)),
                List.of(new Budget(new LineageId("shoppers"), 10_000_000, Budget.Period.LIFETIME)),
                new Privacy.PerRun(1_500_000, 2, 5),
                new Privacy.Repeats(3, Optional.empty()));
    }

    public static Privacy publisherLimits() {
        return new Privacy(
                PUBLISHER,
                "privacy.yaml",
                Set.of(ReleaseMode.values()),
                List.of(new Threshold(EXPOSURES, 25)),
                List.of(new Budget(new LineageId("readers"), 5_000_000, Budget.Period.YEAR)),
                new Privacy.PerRun(1_000_000, 4, 3),
                new Privacy.Repeats(5, Optional.of(20)));
    }

    /** People, spend and mean spend by segment for one campaign; noised. */
    public static Template reachBySegment() {
        return template(
                "reach-by-segment",
                new Plan(
                        ref(CUSTOMERS, "email"),
                        joined(),
                        List.of(new Condition.Compare(
                                ref(EXPOSURES, "campaign"), Condition.Operator.EQUAL, new Literal.Parameter(CAMPAIGN))),
                        List.of(new Group(ref(CUSTOMERS, "segment"), new ColumnName("segment"))),
                        List.of(
                                new Aggregate.CountPeople(new ColumnName("people")),
                                new Aggregate.Sum(ref(CUSTOMERS, "spend"), new ColumnName("spend")),
                                new Aggregate.Mean(ref(CUSTOMERS, "spend"), new ColumnName("mean_spend")))),
                List.of(new Parameter(CAMPAIGN, new ColumnType.Text(), "The campaign to measure")),
                ReleaseMode.DP);
    }

    /** People by region, exact above thresholds. */
    public static Template exactReach() {
        return template(
                "exact-reach",
                new Plan(
                        ref(CUSTOMERS, "email"),
                        joined(),
                        List.of(),
                        List.of(new Group(ref(CUSTOMERS, "region"), new ColumnName("region"))),
                        List.of(new Aggregate.CountPeople(new ColumnName("people")))),
                List.of(),
                ReleaseMode.THRESHOLD);
    }

    /** One noised total over the exposures alone. */
    public static Template totals() {
        return template(
                "totals",
                new Plan(
                        ref(EXPOSURES, "email"),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(
                                new Aggregate.CountRows(new ColumnName("rows")),
                                new Aggregate.Sum(ref(EXPOSURES, "impressions"), new ColumnName("impressions")))),
                List.of(),
                ReleaseMode.DP_AND_THRESHOLD);
    }

    public static ColumnRef ref(DatasetId dataset, String column) {
        return new ColumnRef(dataset, new ColumnName(column));
    }

    private static List<Plan.Join> joined() {
        return List.of(new Plan.Join(Plan.Join.Kind.INNER, ref(EXPOSURES, "email")));
    }

    private static Template template(String id, Plan plan, List<Parameter> parameters, ReleaseMode mode) {
        return new Template(
                new TemplateId(id),
                "Sample " + id,
                "SELECT (the sample's SQL is never compiled)",
                plan,
                parameters,
                List.of(PUBLISHER),
                List.of(PUBLISHER, RETAILER),
                mode,
                mode.addsNoise() ? 2_000_000 : 0);
    }

    private static Column identity() {
        return new Column(
                new ColumnName("email"),
                ColumnRole.IDENTITY,
                new ColumnType.Identity(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("email"));
    }

    private static Column text(String name, ColumnRole role, String... domain) {
        return new Column(
                new ColumnName(name),
                role,
                new ColumnType.Text(),
                Optional.of(new Domain(List.of(domain))),
                Optional.empty(),
                Optional.empty());
    }

    private static Column number(String name, ColumnType type, String min, String max) {
        return new Column(
                new ColumnName(name),
                ColumnRole.MEASURE,
                type,
                Optional.empty(),
                Optional.of(new Bounds(new BigDecimal(min), new BigDecimal(max))),
                Optional.empty());
    }
}
