package dev.parley.policy.bundle;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.room.DatasetId;
import dev.parley.protocol.room.LineageId;
import dev.parley.protocol.room.PartyId;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The limits that one party states for the whole room. Of several parties' limits the strictest holds.
 *
 * @param source the file that states them, relative to the room folder
 * @param modes the release modes that the party allows; at least one
 * @param thresholds for datasets of any party
 * @param budgets for the lineages of this party's own datasets
 */
public record Privacy(
        PartyId party,
        String source,
        Set<ReleaseMode> modes,
        List<Threshold> thresholds,
        List<Budget> budgets,
        PerRun perRun,
        Repeats repeats) {

    public Privacy {
        requireNonNull(party);
        requireNonNull(perRun);
        requireNonNull(repeats);
        Form.line("the source of limits", source, 200);
        Form.require(!modes.isEmpty(), "a party must allow a release mode");
        modes = java.util.Collections.unmodifiableSet(EnumSet.copyOf(modes));
        thresholds = thresholds.stream()
                .sorted(Comparator.comparing(t -> t.dataset().value()))
                .toList();
        budgets = budgets.stream()
                .sorted(Comparator.comparing(b -> b.lineage().value()))
                .toList();
        Form.distinct("a threshold of " + party, thresholds, Threshold::dataset);
        Form.distinct("a budget of " + party, budgets, Budget::lineage);
    }

    /**
     * Limits of a single run.
     *
     * @param maxMicroEpsilon the most that a run may cost
     * @param maxGroupsPerPerson to how many groups of a result one person adds
     * @param maxRowsPerGroupPerPerson with how many rows each
     */
    public record PerRun(long maxMicroEpsilon, int maxGroupsPerPerson, int maxRowsPerGroupPerPerson) {
        public static final int MAX_CONTRIBUTION = 1_000;

        public PerRun {
            Form.require(
                    maxMicroEpsilon >= 1 && maxMicroEpsilon <= Floors.MAX_MICRO_EPSILON,
                    "the cost of a run lies between 1 micro-epsilon and epsilon 20");
            Form.require(
                    maxGroupsPerPerson >= 1 && maxGroupsPerPerson <= MAX_CONTRIBUTION,
                    "a person adds to 1 to 1,000 groups");
            Form.require(
                    maxRowsPerGroupPerPerson >= 1 && maxRowsPerGroupPerPerson <= MAX_CONTRIBUTION,
                    "a person adds 1 to 1,000 rows to a group");
        }
    }

    /**
     * Limits across runs, kept by each party's broker.
     *
     * @param maxExecutionsPerQuery how often the same query may be executed again because its result was lost
     * @param maxRunsPerDayPerRunner releases in one UTC day for one runner; empty for no such limit
     */
    public record Repeats(int maxExecutionsPerQuery, Optional<Integer> maxRunsPerDayPerRunner) {
        public Repeats {
            requireNonNull(maxRunsPerDayPerRunner);
            Form.require(
                    maxExecutionsPerQuery >= 1 && maxExecutionsPerQuery <= 100, "a query is executed 1 to 100 times");
            maxRunsPerDayPerRunner.ifPresent(
                    runs -> Form.require(runs >= 1 && runs <= 100_000, "a runner has 1 to 100,000 runs a day"));
        }
    }

    public Optional<Threshold> threshold(DatasetId dataset) {
        return thresholds.stream().filter(t -> t.dataset().equals(dataset)).findFirst();
    }

    public Optional<Budget> budget(LineageId lineage) {
        return budgets.stream().filter(b -> b.lineage().equals(lineage)).findFirst();
    }

    /** The place of a rule, for people: {@code privacy.yaml#retailer/thresholds/customers}. */
    public String rule(String path) {
        return source + "#" + party + "/" + path;
    }

    static Privacy read(Fields fields) throws Malformed {
        var perRun = fields.object("perRun");
        var repeats = fields.object("repeats");
        var privacy = new Privacy(
                fields.text("party", PartyId::parse),
                fields.string("source"),
                Set.copyOf(fields.texts("modes", Form.constant(ReleaseMode.class))),
                fields.objects("thresholds", Threshold::read),
                fields.objects("budgets", Budget::read),
                new PerRun(
                        perRun.integer("maxMicroEpsilon"),
                        (int) perRun.integer("maxGroupsPerPerson", 1, PerRun.MAX_CONTRIBUTION),
                        (int) perRun.integer("maxRowsPerGroupPerPerson", 1, PerRun.MAX_CONTRIBUTION)),
                new Repeats(
                        (int) repeats.integer("maxExecutionsPerQuery", 1, 100),
                        repeats.value("maxRunsPerDayPerRunner") instanceof Json.Null
                                ? Optional.empty()
                                : Optional.of((int) repeats.integer("maxRunsPerDayPerRunner", 1, 100_000))));
        perRun.end();
        repeats.end();
        return privacy;
    }

    Json.Obj json() {
        return Json.object()
                .put("party", party.value())
                .put("source", source)
                .put("modes", Json.array(modes, mode -> Json.of(mode.text())))
                .put("thresholds", Json.array(thresholds, Threshold::json))
                .put("budgets", Json.array(budgets, Budget::json))
                .put("perRun", perRunJson())
                .put("repeats", repeatsJson())
                .build();
    }

    private Json.Obj perRunJson() {
        return Json.object()
                .put("maxMicroEpsilon", perRun.maxMicroEpsilon())
                .put("maxGroupsPerPerson", perRun.maxGroupsPerPerson())
                .put("maxRowsPerGroupPerPerson", perRun.maxRowsPerGroupPerPerson())
                .build();
    }

    private Json.Obj repeatsJson() {
        return Json.object()
                .put("maxExecutionsPerQuery", repeats.maxExecutionsPerQuery())
                .put(
                        "maxRunsPerDayPerRunner",
                        repeats.maxRunsPerDayPerRunner().<Json>map(Json::of).orElseGet(Json.Null::new))
                .build();
    }
}
