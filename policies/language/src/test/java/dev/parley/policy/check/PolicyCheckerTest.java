package dev.parley.policy.check;

import static dev.parley.policy.sample.SampleTemplates.CAMPAIGN;
import static dev.parley.policy.sample.SampleTemplates.CUSTOMERS;
import static dev.parley.policy.sample.SampleTemplates.EXPOSURES;
import static dev.parley.policy.sample.SampleTemplates.PUBLISHER;
import static dev.parley.policy.sample.SampleTemplates.RETAILER;
import static dev.parley.policy.sample.SampleTemplates.SPRING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.policy.bundle.ReleaseMode;
import dev.parley.policy.bundle.Template;
import dev.parley.policy.plan.ColumnName;
import dev.parley.policy.plan.Literal;
import dev.parley.policy.plan.PlanJson;
import dev.parley.policy.query.QueryRequest;
import dev.parley.policy.sample.SampleRoom;
import dev.parley.policy.sample.SampleTemplates;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.LineageId;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.room.TemplateId;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PolicyCheckerTest {
    private static final SampleRoom ROOM = SampleRoom.create(new SecureRandom());
    private static final PolicyBundle BUNDLE = ROOM.bundle();
    private static final QueryRequest GOOD = ROOM.request();

    @Test
    void allowsUnderTheStrictestOfAllLimits() {
        var limits = allowed(GOOD);

        assertThat(limits.mode()).isEqualTo(ReleaseMode.DP);
        assertThat(limits.microEpsilon()).isEqualTo(1_000_000);
        // People and sum need one noise each, the mean two.
        assertThat(limits.microEpsilonPerAggregate()).containsExactly(250_000L, 250_000L, 500_000L);
        assertThat(limits.maxGroupsPerPerson()).isEqualTo(2);
        assertThat(limits.maxRowsPerGroupPerPerson()).isEqualTo(3);
        assertThat(limits.thresholds()).isEmpty();
        assertThat(limits.charged())
                .isEqualTo(Map.of(CUSTOMERS, new LineageId("shoppers"), EXPOSURES, new LineageId("readers")));
        assertThat(limits.quotas().maxExecutionsPerQuery()).isEqualTo(3);
        assertThat(limits.quotas().maxRunsPerDayPerRunner()).contains(20);
        assertThat(limits.quotas().budgets()).hasSize(2);
    }

    @Test
    void namesTheSourceOfEachLimit() {
        assertThat(allowed(GOOD).sources())
                .containsEntry("mode", "templates/reach-by-segment.yaml#mode")
                .containsEntry("microEpsilon", "privacy.yaml#publisher/perRun/maxEpsilon")
                .containsEntry("maxGroupsPerPerson", "privacy.yaml#retailer/perRun/maxGroupsPerPerson")
                .containsEntry("maxRowsPerGroupPerPerson", "privacy.yaml#publisher/perRun/maxRowsPerGroupPerPerson")
                .containsEntry("maxExecutionsPerQuery", "privacy.yaml#retailer/repeats/maxExecutionsPerQuery")
                .containsEntry("maxRunsPerDayPerRunner", "privacy.yaml#publisher/repeats/maxRunsPerDayPerRunner")
                .containsEntry("budgets/shoppers", "privacy.yaml#retailer/budgets/shoppers");
    }

    @Test
    void takesTheHighestThresholdOfEachDataset() {
        var limits = allowed(requestOf(SampleTemplates.exactReach()));

        assertThat(limits.thresholds()).isEqualTo(Map.of(CUSTOMERS, 50, EXPOSURES, 25));
        assertThat(limits.microEpsilon()).isZero();
        assertThat(limits.microEpsilonPerAggregate()).isEmpty();
        assertThat(limits.quotas().budgets()).isEmpty();
        assertThat(limits.sources())
                .containsEntry("thresholds/exposures", "privacy.yaml#publisher/thresholds/exposures");
    }

    @Test
    void decidesAlikeWhateverTheParametersAndWhoeverAsks() throws Malformed {
        Map<ColumnName, Literal> summer = Map.of(CAMPAIGN, new Literal.Text("summer"));
        var other = new QueryRequest(
                GOOD.template(),
                SampleTemplates.reachBySegment().bind(summer).plan(),
                summer,
                PUBLISHER,
                List.of(RETAILER),
                SampleRoom.FROM);

        assertThat(allowed(other)).isEqualTo(allowed(GOOD));
    }

    @Test
    void refusesOutsideTheValidityOfThePolicy() {
        assertThat(refused(at(SampleRoom.FROM.minusMillis(1))).code()).isEqualTo(RefusalCode.POLICY_NOT_YET_VALID);
        assertThat(refused(at(SampleRoom.UNTIL)).code()).isEqualTo(RefusalCode.POLICY_EXPIRED);
    }

    @Test
    void namesTheNearestTemplate() {
        var unknown = new QueryRequest(
                new TemplateId("reach-by-segments"),
                GOOD.plan(),
                GOOD.parameters(),
                PUBLISHER,
                GOOD.recipients(),
                SampleRoom.NOW);

        assertThat(refused(unknown).code()).isEqualTo(RefusalCode.UNKNOWN_TEMPLATE);
        assertThat(refused(unknown).nearest()).isEqualTo("reach-by-segment");
    }

    @Test
    void refusesAPlanThatIsNotTheTemplates() {
        var swapped = new QueryRequest(
                GOOD.template(),
                SampleTemplates.totals().plan(),
                GOOD.parameters(),
                PUBLISHER,
                GOOD.recipients(),
                SampleRoom.NOW);

        assertThat(refused(swapped).code()).isEqualTo(RefusalCode.TEMPLATE_PLAN_MISMATCH);
    }

    @Test
    void allowsTheRequestThatATemplateWrites() throws Malformed {
        var template = SampleTemplates.reachBySegment();
        var query = template.ask(Map.of(CAMPAIGN, SPRING), List.of());

        var request = new QueryRequest(
                query.template(),
                PlanJson.read(query.plan()),
                PlanJson.readParameters(query.parameters()),
                PUBLISHER,
                GOOD.recipients(),
                SampleRoom.NOW);

        assertThat(request).isEqualTo(GOOD);
        assertThat(allowed(request).microEpsilon()).isEqualTo(1_000_000);
    }

    @Test
    void refusesAPlanForOtherParametersThanThoseItNames() {
        var summer = with(Map.of(CAMPAIGN, new Literal.Text("summer")));
        var unbound = new QueryRequest(
                GOOD.template(),
                SampleTemplates.reachBySegment().plan(),
                GOOD.parameters(),
                PUBLISHER,
                GOOD.recipients(),
                SampleRoom.NOW);

        assertThat(refused(summer).code()).isEqualTo(RefusalCode.TEMPLATE_PLAN_MISMATCH);
        assertThat(refused(unbound).code()).isEqualTo(RefusalCode.TEMPLATE_PLAN_MISMATCH);
    }

    @Test
    void refusesWhoMayNotAsk() {
        assertThat(refused(by(RETAILER)).code()).isEqualTo(RefusalCode.NOT_A_RUNNER);
        assertThat(refused(by(new PartyId("nobody"))).code()).isEqualTo(RefusalCode.NOT_A_RUNNER);
    }

    @Test
    void refusesRecipientsThatTheTemplateDoesNotName() {
        assertThat(refused(to(List.of())).code()).isEqualTo(RefusalCode.NO_RECIPIENT);
        assertThat(refused(to(List.of(PUBLISHER, new PartyId("nobody")))).code())
                .isEqualTo(RefusalCode.RECIPIENT_NOT_ALLOWED);
        assertThat(refused(to(List.of(PUBLISHER, PUBLISHER))).code()).isEqualTo(RefusalCode.RECIPIENT_NOT_ALLOWED);
    }

    @Test
    void refusesParametersThatDoNotFit() {
        var more = Map.of(CAMPAIGN, SPRING, new ColumnName("limit"), (Literal) new Literal.Whole(1));

        assertThat(refused(with(Map.of())).code()).isEqualTo(RefusalCode.PARAMETER_MISSING);
        assertThat(refused(with(more)).code()).isEqualTo(RefusalCode.PARAMETER_UNKNOWN);
        assertThat(refused(with(Map.of(CAMPAIGN, new Literal.Whole(1)))).code())
                .isEqualTo(RefusalCode.PARAMETER_TYPE_MISMATCH);
        assertThat(refused(with(Map.of(CAMPAIGN, new Literal.Parameter(CAMPAIGN))))
                        .code())
                .isEqualTo(RefusalCode.PARAMETER_TYPE_MISMATCH);
    }

    @Test
    void refusesALiteralOutsideTheDomainWithoutRepeatingIt() {
        var refusal = refused(with(Map.of(CAMPAIGN, new Literal.Text("alice@example.com"))));

        assertThat(refusal.code()).isEqualTo(RefusalCode.LITERAL_OUTSIDE_DOMAIN);
        assertThat(refusal.rule()).isEqualTo("datasets/exposures.yaml#columns/campaign");
        assertThat(refusal.party()).contains(PUBLISHER);
        assertThat(refusal.column()).contains(SampleTemplates.ref(EXPOSURES, "campaign"));
        assertThat(refusal.nearest()).isEqualTo("one of spring, summer");
        assertThat(refusal.toString()).doesNotContain("alice");
    }

    private static QueryRequest requestOf(Template template) {
        return new QueryRequest(
                template.id(), template.plan(), Map.of(), PUBLISHER, List.of(PUBLISHER), SampleRoom.NOW);
    }

    private static QueryRequest at(Instant time) {
        return new QueryRequest(
                GOOD.template(), GOOD.plan(), GOOD.parameters(), GOOD.runner(), GOOD.recipients(), time);
    }

    private static QueryRequest by(PartyId runner) {
        return new QueryRequest(GOOD.template(), GOOD.plan(), GOOD.parameters(), runner, GOOD.recipients(), GOOD.at());
    }

    private static QueryRequest to(List<PartyId> recipients) {
        return new QueryRequest(GOOD.template(), GOOD.plan(), GOOD.parameters(), GOOD.runner(), recipients, GOOD.at());
    }

    /** The plan stays the one for the campaign in spring. */
    private static QueryRequest with(Map<ColumnName, Literal> parameters) {
        return new QueryRequest(GOOD.template(), GOOD.plan(), parameters, GOOD.runner(), GOOD.recipients(), GOOD.at());
    }

    private static EffectiveLimits allowed(QueryRequest request) {
        return switch (PolicyChecker.check(BUNDLE, request)) {
            case Decision.Allowed(var limits) -> limits;
            case Decision.Refused(var refusal) -> throw new AssertionError(refusal);
        };
    }

    private static Refusal refused(QueryRequest request) {
        return Optional.of(PolicyChecker.check(BUNDLE, request))
                .filter(Decision.Refused.class::isInstance)
                .map(decision -> ((Decision.Refused) decision).refusal())
                .orElseThrow();
    }
}
