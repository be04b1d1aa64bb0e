package dev.parley.policy.authoring.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.policy.authoring.review.Change.Effect;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.policy.sample.JsonEdit;
import dev.parley.policy.sample.SampleRoom;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyDiffTest {
    private static final SampleRoom ROOM = SampleRoom.create(new SecureRandom());
    private static final PolicyBundle BUNDLE = ROOM.bundle();

    @Test
    void findsNothingBetweenABundleAndItself() {
        assertThat(PolicyDiff.between(BUNDLE, BUNDLE)).isEmpty();
    }

    /** Datasets: 0 customers, 1 exposures. Limits: 0 publisher, 1 retailer. Templates: 0 exact, 1 reach, 2 totals. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "WEAKER|privacy/1/thresholds/0/people|5|limits retailer / threshold of customers",
                "STRONGER|privacy/1/thresholds/0/people|500|limits retailer / threshold of customers",
                "WEAKER|privacy/1/thresholds|[]|limits retailer / threshold of customers",
                "WEAKER|privacy/0/budgets/0/microEpsilon|20000000|limits publisher / budget of readers (micro-epsilon)",
                "STRONGER|privacy/0/budgets/0/microEpsilon|1|limits publisher / budget of readers (micro-epsilon)",
                "STRONGER|privacy/0/budgets/0/period|'lifetime'|limits publisher / budget of readers / period",
                "WEAKER|privacy/1/budgets/0/period|'year'|limits retailer / budget of shoppers / period",
                "STRONGER|privacy/0/budgets|[]|limits publisher / budget of readers",
                "WEAKER|privacy/0/perRun/maxMicroEpsilon|5000000|limits publisher / cost of a run (micro-epsilon)",
                "WEAKER|privacy/1/perRun/maxGroupsPerPerson|3|limits retailer / groups per person",
                "STRONGER|privacy/1/perRun/maxRowsPerGroupPerPerson|1|limits retailer / rows per group and person",
                "WEAKER|privacy/0/repeats/maxRunsPerDayPerRunner|null|limits publisher / runs per day and runner",
                "STRONGER|privacy/1/repeats/maxRunsPerDayPerRunner|5|limits retailer / runs per day and runner",
                "WEAKER|privacy/1/repeats/maxExecutionsPerQuery|4|limits retailer / executions of a query",
                "STRONGER|privacy/1/modes|['dp']|limits retailer / modes",
                "WEAKER|privacy|[]|limits publisher",
                "WEAKER|templates/1/maxMicroEpsilon|9000000|template reach-by-segment / cost cap (micro-epsilon)",
                "STRONGER|templates/1/mode|'dp-and-threshold'|template reach-by-segment / mode",
                "WEAKER|templates/2/mode|'dp'|template totals / mode",
                "WEAKER|templates/1/runners|['publisher','retailer']|template reach-by-segment / runners",
                "STRONGER|templates/1/recipients|['publisher']|template reach-by-segment / recipients",
                "NEUTRAL|templates/1/title|'Another title'|template reach-by-segment / title",
                "NEUTRAL|templates/1/sql|'SELECT otherwise'|template reach-by-segment / query",
                "WEAKER|templates/1/plan/joins/0/kind|'left'|template reach-by-segment / query",
                "NEUTRAL|templates/1/parameters/0/description|'Another'|template reach-by-segment / parameters",
                "WEAKER|datasets/0/columns/4/role|'filter'|dataset customers / column note / role",
                "WEAKER|datasets/0/columns/3/bounds/max|'9000'|dataset customers / column spend / bounds",
                "STRONGER|datasets/0/columns/3/bounds/max|'900'|dataset customers / column spend / bounds",
                "WEAKER|datasets/0/columns/1/domain|null|dataset customers / column segment / domain",
                "WEAKER|datasets/0/columns/2/domain|['north','south','moon']|dataset customers / column region / domain",
                "STRONGER|datasets/0/columns/2/domain|['north']|dataset customers / column region / domain",
                "NEUTRAL|datasets/0/columns/2/domain|['south','north']|dataset customers / column region / domain / order",
                "WEAKER|validUntil|'2030-01-01T00:00:00Z'|valid until",
                "STRONGER|validUntil|'2026-07-01T00:00:00Z'|valid until",
                "WEAKER|validFrom|'2025-01-01T00:00:00Z'|valid from",
                "STRONGER|referenceValues/trustDomain|'aws-nitro'|trust domain",
                "WEAKER|referenceValues/measurements/0/expires|'2030-01-01T00:00:00Z'|",
                "NEUTRAL|parties/0/broker|'https://broker.example'|party publisher / broker",
                "WEAKER|purpose|'Something else'|purpose",
                "WEAKER|log/origin|'other.example/log'|log"
            })
    void marksAChange(Effect effect, String path, String json, @org.jspecify.annotations.Nullable String place)
            throws Malformed {
        var edited = edited(path, json);
        if (edited.digest().equals(BUNDLE.digest())) {
            assertThat(PolicyDiff.between(BUNDLE, edited)).isEmpty();
            return;
        }

        var changes = PolicyDiff.between(BUNDLE, edited);

        assertThat(changes).isNotEmpty().anyMatch(change -> change.effect() == effect);
        if (place != null) {
            assertThat(changes).extracting(Change::place).contains(place);
        }
    }

    @Test
    void findsTheOppositeInTheOtherDirection() throws Malformed {
        var weaker = edited("privacy/1/thresholds/0/people", "5");

        assertThat(PolicyDiff.between(weaker, BUNDLE))
                .extracting(Change::effect)
                .containsExactly(Effect.STRONGER);
    }

    /** Whatever single value of the bundle changes outside of signed keys, as long as it is a bundle still. */
    @Test
    void overlooksNoChange() {
        var compared = 0;
        for (var path : leaves("", BUNDLE.json())) {
            if (!path.startsWith("parties/") && isNoticed(path, other(JsonEdit.get(BUNDLE.json(), path)))) {
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(40);
    }

    /** Another value of the same kind, which is sometimes allowed in its place. */
    private static String other(Json value) {
        return switch (value) {
            case Json.Str(var text) when text.endsWith("Z") -> "'2026-02-01T00:00:00Z'";
            case Json.Str(var text) when text.matches("[0-9]+") -> "'7'";
            case Json.Str(var text) when text.equals("threshold") -> "'dp'";
            case Json.Str text -> "'changed'";
            default -> "3";
        };
    }

    /** Whether the edit gives another bundle, whose difference then must name the change. */
    private static boolean isNoticed(String path, String value) {
        try {
            var edited = edited(path, value);
            if (edited.digest().equals(BUNDLE.digest())) {
                return false;
            }
            var changes = PolicyDiff.between(BUNDLE, edited);
            assertThat(changes).as(path + " = " + value).isNotEmpty();
            assertThat(changes).as(path).noneMatch(change -> change.place().equals("bundle"));
            return true;
        } catch (Malformed e) {
            return false;
        }
    }

    @Test
    void marksAFreshLineageAsWeaker() throws Malformed {
        var limits = JsonEdit.set(BUNDLE.json(), "privacy/1/budgets/0/lineage", Json.of("fresh"));
        var edited = PolicyBundle.parse(
                JsonEdit.set(limits, "datasets/0/lineage", Json.of("fresh")).canonical());

        assertThat(PolicyDiff.between(BUNDLE, edited))
                .contains(new Change(Effect.WEAKER, "dataset customers / lineage", "shoppers → fresh"));
    }

    @Test
    void tellsWhichRunsWouldBeDecidedOtherwise() throws Malformed {
        var request = ROOM.request();

        assertThat(PolicyDiff.decidedOtherwise(BUNDLE, edited("templates/1/runners", "['retailer']"), List.of(request)))
                .containsExactly(request);
        assertThat(PolicyDiff.decidedOtherwise(BUNDLE, edited("templates/0/title", "'Other'"), List.of(request)))
                .isEmpty();
    }

    @Test
    void explainsEveryPartyDatasetLimitAndTemplate() {
        var text = Explanation.text(BUNDLE);

        assertThat(text)
                .contains("Enclaves are SIMULATED")
                .contains("An exact group shows at least 50 people of customers.")
                .contains("The people of readers lose at most epsilon 5 a year.")
                .contains("The people of shoppers lose at most epsilon 10, ever.")
                .contains("note is never read.")
                .contains("publisher may ask; publisher, retailer may receive.")
                .contains(BUNDLE.digest().hex());
        assertThat(Explanation.of(BUNDLE)).hasSize(1 + 2 + 2 + 2 + 3);
    }

    private static PolicyBundle edited(String path, String json) throws Malformed {
        var value = Json.parse(Bytes.utf8(json.replace('\'', '"')));
        return PolicyBundle.parse(JsonEdit.set(BUNDLE.json(), path, value).canonical());
    }

    private static List<String> leaves(String path, Json json) {
        var leaves = new ArrayList<String>();
        switch (json) {
            case Json.Obj(var members) ->
                members.forEach(
                        (name, child) -> leaves.addAll(leaves(path.isEmpty() ? name : path + "/" + name, child)));
            case Json.Arr(var items) -> {
                for (var i = 0; i < items.size(); i++) {
                    leaves.addAll(leaves(path + "/" + i, items.get(i)));
                }
            }
            case Json.Str string -> leaves.add(path);
            case Json.Int integer -> leaves.add(path);
            case Json.Bool bool -> leaves.add(path);
            case Json.Null none -> leaves.add(path);
        }
        return leaves;
    }
}
