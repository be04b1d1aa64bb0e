package dev.parley.policy.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.policy.sample.JsonEdit;
import dev.parley.policy.sample.SampleRoom;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.room.TemplateId;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bundles that are consistent in themselves and hold a template that must never run. */
class TemplateRulesTest {
    private static final PolicyBundle BUNDLE =
            SampleRoom.create(new SecureRandom()).bundle();
    /** Sorted by id: 0 exact-reach, 1 reach-by-segment, 2 totals. */
    private static final String SPRING = "{'type':'compare','operator':'equal','column':"
            + "{'column':'campaign','dataset':'exposures'},'value':{'type':'text','value':'spring'}}";

    private static final String AUTUMN = "{'type':'compare','operator':'equal','column':"
            + "{'column':'campaign','dataset':'exposures'},'value':{'type':'text','value':'autumn'}}";
    private static final String FAMILIES = "{'type':'compare','operator':'equal','column':"
            + "{'column':'segment','dataset':'customers'},'value':{'type':'text','value':'families'}}";
    private static final String NORTH = "{'type':'compare','operator':'equal','column':"
            + "{'column':'region','dataset':'customers'},'value':{'type':'text','value':'north'}}";
    private static final String SPEND = "{'type':'compare','operator':'equal','column':"
            + "{'column':'spend','dataset':'customers'},'value':{'type':'whole','value':'1'}}";
    private static final String REACH = "templates/1/plan/";

    @Test
    void findsNothingAgainstTheSample() {
        for (var template : BUNDLE.templates()) {
            assertThat(PolicyChecker.checkTemplate(BUNDLE, template)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // What a plan groups by.
                "UNKNOWN_COLUMN|groupBy/0/dimension/column|'segments'",
                "COLUMN_ROLE_FORBIDS_GROUPING|groupBy/0/dimension/column|'email'",
                "COLUMN_ROLE_FORBIDS_GROUPING|groupBy/0/dimension/column|'spend'",
                "COLUMN_ROLE_FORBIDS_GROUPING|groupBy/0/dimension/column|'note'",
                "COLUMN_ROLE_FORBIDS_GROUPING|groupBy/0/dimension|{'column':'campaign','dataset':'exposures'}",
                "COLUMN_ROLE_FORBIDS_GROUPING|groupBy/0/dimension|{'column':'email','dataset':'exposures'}",
                "OUTPUT_NAME_TWICE|groupBy/0/as|'people'",
                "OUTPUT_NAME_TWICE|aggregates/0/as|'spend'",
                // What it aggregates.
                "COLUMN_ROLE_FORBIDS_AGGREGATION|aggregates/1/measure/column|'segment'",
                "COLUMN_ROLE_FORBIDS_AGGREGATION|aggregates/1/measure/column|'email'",
                "COLUMN_ROLE_FORBIDS_AGGREGATION|aggregates/2/measure/column|'note'",
                "UNKNOWN_COLUMN|aggregates/2/measure/column|'income'",
                // What it joins.
                "UNKNOWN_DATASET|from/dataset|'clients'",
                "JOIN_NOT_ON_IDENTITY|from/column|'segment'",
                "JOIN_NOT_ON_IDENTITY|from/column|'nothing'",
                "JOIN_NOT_ON_IDENTITY|joins/0/right/column|'campaign'",
                "SELF_JOIN|joins/0/right/dataset|'customers'",
                "DATASET_NOT_JOINED|joins|[]",
                // What it compares.
                "COLUMN_ROLE_FORBIDS_FILTER|where/0/column|{'column':'email','dataset':'customers'}",
                "COLUMN_ROLE_FORBIDS_FILTER|where/0/column|{'column':'email','dataset':'exposures'}",
                "COLUMN_ROLE_FORBIDS_FILTER|where/0/column|{'column':'spend','dataset':'customers'}",
                "COLUMN_ROLE_FORBIDS_FILTER|where/0/column|{'column':'note','dataset':'customers'}",
                "OPERATOR_NOT_FOR_TYPE|where/0/operator|'less'",
                "OPERATOR_NOT_FOR_TYPE|where/0/operator|'greater-or-equal'",
                "PARAMETER_UNDECLARED|where/0/value/value|'season'",
                "PARAMETER_UNUSED|where|[]",
                "LITERAL_TYPE_MISMATCH|where/0/value|{'type':'whole','value':'1'}",
                "LITERAL_OUTSIDE_DOMAIN|where/0/value|{'type':'text','value':'autumn'}",
                "CONDITION_ACROSS_DATASETS|where|[{'type':'any-of','conditions':[" + SPRING + "," + FAMILIES + "]}]",
                "LITERAL_OUTSIDE_DOMAIN|where|[{'type':'any-of','conditions':[" + SPRING + "," + AUTUMN + "]}]",
                "COLUMN_ROLE_FORBIDS_FILTER|where|[{'type':'any-of','conditions':[" + SPEND + "," + FAMILIES + "]}]",
                // Its buckets.
                "BUCKET_TESTS_ANOTHER_COLUMN|groupBy/0/buckets|{'cases':[{'label':'a','when':" + NORTH
                        + "}],'otherwise':null}",
                "BUCKET_TESTS_ANOTHER_COLUMN|groupBy/0/buckets|{'cases':[{'label':'a','when':" + SPRING
                        + "}],'otherwise':null}",
                "BUCKET_TESTS_ANOTHER_COLUMN|groupBy/0/buckets|{'cases':[{'label':'a','when':"
                        + "{'type':'all-of','conditions':[" + FAMILIES + "," + NORTH + "]}}],'otherwise':null}",
                "BUCKET_LABEL_TWICE|groupBy/0/buckets|{'cases':[{'label':'a','when':" + FAMILIES
                        + "}],'otherwise':'a'}",
                "LITERAL_OUTSIDE_DOMAIN|groupBy/0/buckets|{'cases':[{'label':'a','when':{'type':'compare','operator':'equal',"
                        + "'column':{'column':'segment','dataset':'customers'},'value':{'type':'text','value':'x'}}}],"
                        + "'otherwise':null}",
                // What of the result it shows.
                "UNKNOWN_OUTPUT|having|[{'cell':'segment','operator':'less','value':{'type':'whole','value':'1'}}]",
                "UNKNOWN_OUTPUT|having|[{'cell':'nothing','operator':'less','value':{'type':'whole','value':'1'}}]",
                "UNKNOWN_OUTPUT|order|[{'by':'nothing','descending':true}]",
                "LITERAL_TYPE_MISMATCH|having|[{'cell':'people','operator':'less','value':{'type':'decimal','value':'1.5'}}]",
                "LITERAL_TYPE_MISMATCH|having|[{'cell':'spend','operator':'less','value':{'type':'text','value':'1'}}]",
                "PARAMETER_UNDECLARED|having|[{'cell':'spend','operator':'less','value':{'type':'parameter','value':'x'}}]",
                "PARAMETER_TYPE_MISMATCH|having|[{'cell':'people','operator':'less',"
                        + "'value':{'type':'parameter','value':'campaign'}}]"
            })
    void refusesAPlanThat(String code, String path, String json) throws Malformed {
        var bundle = edited(REACH + path, json);

        assertThat(codes(bundle, "reach-by-segment")).contains(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "reach-by-segment|DIMENSION_WITHOUT_DOMAIN|datasets/0/columns/1/domain|null",
                "reach-by-segment|MEASURE_WITHOUT_BOUNDS|datasets/0/columns/3/bounds|null",
                "exact-reach||datasets/0/columns/2/domain|null",
                "reach-by-segment|FILTER_WITHOUT_DOMAIN|datasets/1/columns/1/domain|null",
                "reach-by-segment|JOIN_PROFILES_DIFFER|datasets/1/columns/0/normalisation|'phone'",
                "reach-by-segment|PARAMETER_TYPE_MISMATCH|templates/1/parameters/0/type|'whole'",
                "reach-by-segment|EPSILON_TOO_SMALL|templates/1/maxMicroEpsilon|3999",
                "reach-by-segment||templates/1/maxMicroEpsilon|4000",
                "reach-by-segment|EPSILON_OVER_LINEAGE_BUDGET|privacy/0/budgets/0/microEpsilon|999999",
                "reach-by-segment|BUDGET_NOT_STATED|privacy/1/budgets|[]",
                "totals||privacy/1/budgets|[]",
                "exact-reach||privacy/1/budgets|[]",
                "exact-reach|THRESHOLD_NOT_STATED|privacy/1/thresholds|[]",
                "reach-by-segment||privacy/1/thresholds|[]",
                "totals|RELEASE_MODE_FORBIDDEN|privacy/1/modes|['dp','threshold']",
                "exact-reach|RELEASE_MODE_FORBIDDEN|privacy/0/modes|['dp']",
                "exact-reach|NO_PRIVACY_LIMITS|privacy|[]",
                "reach-by-segment|NO_PRIVACY_LIMITS|privacy|[]"
            })
    void refusesUnderLimitsThat(String template, @Nullable String code, String path, String json) throws Malformed {
        var bundle = edited(path, json);

        assertThat(codes(bundle, template).stream().distinct().toList())
                .isEqualTo(Optional.ofNullable(code).stream().toList());
    }

    @Test
    void refusesMoreGroupsThanAResultHas() throws Malformed {
        var wide = Json.strings(java.util.stream.IntStream.range(0, 10_000)
                .mapToObj(i -> "v" + i)
                .toList());
        var json = JsonEdit.set(BUNDLE.json(), "datasets/0/columns/1/domain", wide);
        var twoDimensions = Json.parse(Bytes.utf8("""
                [{"as":"segment","buckets":null,"dimension":{"column":"segment","dataset":"customers"}},
                 {"as":"again","buckets":null,"dimension":{"column":"segment","dataset":"customers"}}]"""));

        var bundle = PolicyBundle.parse(
                JsonEdit.set(json, REACH + "groupBy", twoDimensions).canonical());

        assertThat(codes(bundle, "reach-by-segment")).containsExactly("TOO_MANY_GROUPS");
    }

    /** A number groups only through buckets, and these need its bounds. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "DIMENSION_NEEDS_BUCKETS|{'min':'0','max':'5000'}|null",
                "FILTER_WITHOUT_DOMAIN|null|{'cases':[{'label':'a','when':" + SPEND + "}],'otherwise':null}",
                "|{'min':'0','max':'5000'}|{'cases':[{'label':'a','when':" + SPEND + "}],'otherwise':'b'}"
            })
    void groupsANumberThroughBuckets(@Nullable String code, String bounds, String buckets) throws Malformed {
        var json = JsonEdit.set(BUNDLE.json(), "datasets/0/columns/3/role", Json.of("dimension"));
        json = JsonEdit.set(json, "datasets/0/columns/3/bounds", json(bounds));
        json = JsonEdit.set(json, REACH + "groupBy/0/dimension/column", Json.of("spend"));
        json = JsonEdit.set(json, REACH + "groupBy/0/buckets", json(buckets));
        json = JsonEdit.set(json, REACH + "aggregates", json("[{'as':'people','type':'count-people'}]"));

        var bundle = PolicyBundle.parse(json.canonical());

        assertThat(codes(bundle, "reach-by-segment"))
                .isEqualTo(Optional.ofNullable(code).stream().toList());
    }

    private static Json json(String text) throws Malformed {
        return Json.parse(Bytes.utf8(text.replace('\'', '"')));
    }

    private static PolicyBundle edited(String path, String json) throws Malformed {
        var value = Json.parse(Bytes.utf8(json.replace('\'', '"')));
        return PolicyBundle.parse(JsonEdit.set(BUNDLE.json(), path, value).canonical());
    }

    private static List<String> codes(PolicyBundle bundle, String template) {
        var refusals = PolicyChecker.checkTemplate(
                bundle, bundle.template(new TemplateId(template)).orElseThrow());
        return refusals.stream().map(refusal -> refusal.code().name()).toList();
    }
}
