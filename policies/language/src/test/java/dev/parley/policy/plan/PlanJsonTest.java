package dev.parley.policy.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.policy.sample.JsonEdit;
import dev.parley.policy.sample.SampleTemplates;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanJsonTest {
    @Test
    void readsWhatItPrints() throws Malformed {
        var random = random();
        for (var i = 0; i < 10_000; i++) {
            var plan = RandomPlans.plan(random);

            var read = PlanJson.read(
                    Json.parseCanonical(PlanJson.print(plan).canonical()).asObject());

            assertThat(read).isEqualTo(plan);
        }
    }

    @Test
    void neverPrintsTwoPlansAlike() {
        var random = random();
        var printed = new java.util.HashMap<String, Plan>();
        for (var i = 0; i < 10_000; i++) {
            var plan = RandomPlans.plan(random);

            var other = printed.put(PlanJson.print(plan).canonical().hex(), plan);

            assertThat(other == null || other.equals(plan)).isTrue();
        }
    }

    @Test
    void printsTheBytesOfTheSpecification() {
        var plan = SampleTemplates.exactReach().plan();

        assertThat(PlanJson.print(plan).canonical())
                .isEqualTo(dev.parley.protocol.encoding.Bytes.utf8(
                        "{\"aggregates\":[{\"as\":\"people\",\"type\":\"count-people\"}],"
                                + "\"from\":{\"column\":\"email\",\"dataset\":\"customers\"},"
                                + "\"groupBy\":[{\"as\":\"region\",\"buckets\":null,"
                                + "\"dimension\":{\"column\":\"region\",\"dataset\":\"customers\"}}],"
                                + "\"having\":[],"
                                + "\"joins\":[{\"kind\":\"inner\",\"right\":{\"column\":\"email\",\"dataset\":\"exposures\"}}],"
                                + "\"limit\":null,\"order\":[],"
                                + "\"parley\":\"plan/2\",\"where\":[]}"));
    }

    @ParameterizedTest
    @CsvSource({
        "parley, plan/1",
        "from, customers",
        "joins/0/kind, outer",
        "groupBy/0/as, Segment",
        "aggregates/0/type, max",
        "aggregates, none",
        "where/0/type, like",
        "where/0/operator, ~",
        "where/0/value/type, regex",
        "where/0/extra, yes",
        "groupBy/0/buckets, all",
        "having, none",
        "order, people",
        "offset, 5",
        "limit, 5"
    })
    void refusesWhatTheAlgebraDoesNotHave(String path, String value) {
        var good = PlanJson.print(SampleTemplates.reachBySegment().plan());

        var bad = JsonEdit.set(good, path, Json.of(value));

        assertThatThrownBy(() -> PlanJson.read(bad)).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from",
                "joins",
                "where",
                "groupBy",
                "aggregates",
                "having",
                "order",
                "limit",
                "parley",
                "where/0/value",
                "joins/0/right",
                "groupBy/0/buckets"
            })
    void refusesAMissingMember(String path) {
        var good = PlanJson.print(SampleTemplates.reachBySegment().plan());

        assertThatThrownBy(() -> PlanJson.read(JsonEdit.drop(good, path))).isInstanceOf(Malformed.class);
    }

    @Test
    void readsParametersOfEveryType() throws Malformed {
        Map<ColumnName, Literal> parameters = Map.of(
                new ColumnName("a"), new Literal.Text("x"),
                new ColumnName("b"), new Literal.Whole(Long.MIN_VALUE),
                new ColumnName("c"), new Literal.Decimal(new BigDecimal("-0.50")),
                new ColumnName("d"), new Literal.Truth(true),
                new ColumnName("e"), new Literal.Date(LocalDate.of(2026, 2, 28)),
                new ColumnName("f"), new Literal.Timestamp(Instant.parse("2026-02-28T00:00:00Z")));

        assertThat(PlanJson.readParameters(PlanJson.printParameters(parameters)))
                .isEqualTo(parameters);
    }

    @Test
    void refusesAParameterBoundToAParameter() {
        var bound = PlanJson.printParameters(Map.of(new ColumnName("a"), new Literal.Parameter(new ColumnName("b"))));

        assertThatThrownBy(() -> PlanJson.readParameters(bound)).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e3", "01", "1.0", "-0", ".5", "5.", "+1", "NaN", "1_0", "", "1234567890123456789"})
    void refusesDecimalsInAnotherSpelling(String text) {
        assertThatThrownBy(() -> DecimalText.parse(text)).isInstanceOf(Malformed.class);
    }

    private static RandomGenerator random() {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(20260601);
    }
}
