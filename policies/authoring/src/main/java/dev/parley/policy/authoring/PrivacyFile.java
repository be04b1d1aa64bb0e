package dev.parley.policy.authoring;

import dev.parley.policy.authoring.RoomFiles.Refused;
import dev.parley.policy.authoring.yaml.KnownNames;
import dev.parley.policy.authoring.yaml.YamlMap;
import dev.parley.policy.authoring.yaml.YamlNode;
import dev.parley.policy.authoring.yaml.YamlProblem;
import dev.parley.policy.bundle.Budget;
import dev.parley.policy.bundle.Dataset;
import dev.parley.policy.bundle.Privacy;
import dev.parley.policy.bundle.Privacy.PerRun;
import dev.parley.policy.bundle.Privacy.Repeats;
import dev.parley.policy.bundle.ReleaseMode;
import dev.parley.policy.bundle.Threshold;
import dev.parley.protocol.room.DatasetId;
import dev.parley.protocol.room.LineageId;
import dev.parley.protocol.room.PartyId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code privacy.yaml}: the limits of every party that states some. */
final class PrivacyFile {
    static final String NAME = "privacy.yaml";

    private final List<Dataset> datasets;

    private PrivacyFile(List<Dataset> datasets) {
        this.datasets = datasets;
    }

    static List<Privacy> read(RoomFiles files, List<String> parties, List<Dataset> datasets)
            throws YamlProblem, Refused {
        var reader = new PrivacyFile(datasets);
        var file = files.yaml(NAME, "privacy/1");
        var limits = new ArrayList<Privacy>();
        for (var map : file.mapOfMaps("limits").entrySet()) {
            KnownNames.require(map.getKey(), parties, "party");
            limits.add(reader.limits(
                    map.getKey(), map.getValue().under(map.getKey().text())));
        }
        file.end();
        return limits;
    }

    private Privacy limits(YamlNode.Scalar name, YamlMap map) throws YamlProblem, Refused {
        NotAvailable.inLimits(map);
        var party = YamlMap.parse(name, PartyId::parse);
        var modes = modes(map);
        var thresholds = thresholds(map);
        var budgets = budgets(map, party);
        var perRun = perRun(map.map("perRun"));
        var repeats = repeats(map.map("repeats"));
        map.end();
        return map.make(() -> new Privacy(party, NAME, modes, thresholds, budgets, perRun, repeats));
    }

    private static Set<ReleaseMode> modes(YamlMap map) throws YamlProblem {
        var modes = EnumSet.noneOf(ReleaseMode.class);
        for (var scalar : map.scalars("modes")) {
            if (!modes.add(ModeText.read(scalar))) {
                throw new YamlProblem(YamlProblem.Code.DEFINED_TWICE, scalar.at(), "this mode stands twice");
            }
        }
        if (modes.isEmpty()) {
            throw new YamlProblem(YamlProblem.Code.BAD_VALUE, map.at("modes"), "allow at least one mode");
        }
        return modes;
    }

    private List<Threshold> thresholds(YamlMap map) throws YamlProblem {
        var thresholds = new ArrayList<Threshold>();
        if (!map.has("thresholds")) {
            return thresholds;
        }
        var known = datasets.stream().map(d -> d.id().value()).toList();
        var stated = map.map("thresholds");
        for (var key : stated.keys()) {
            KnownNames.require(key, known, "dataset");
            var people = (int) stated.whole(key.text(), 2, Threshold.MAX);
            thresholds.add(new Threshold(YamlMap.parse(key, DatasetId::parse), people));
        }
        return thresholds;
    }

    private List<Budget> budgets(YamlMap map, PartyId party) throws YamlProblem {
        var budgets = new ArrayList<Budget>();
        if (!map.has("budgets")) {
            return budgets;
        }
        var own = datasets.stream()
                .filter(dataset -> dataset.owner().equals(party))
                .map(dataset -> dataset.lineage().value())
                .toList();
        for (var entry : map.mapOfMaps("budgets").entrySet()) {
            KnownNames.require(entry.getKey(), own, "lineage of " + party);
            var lineage = YamlMap.parse(entry.getKey(), LineageId::parse);
            budgets.add(budget(lineage, entry.getValue()));
        }
        return budgets;
    }

    private static Budget budget(LineageId lineage, YamlMap map) throws YamlProblem {
        var epsilon = Epsilon.read(map, "epsilon");
        var periods = List.of("lifetime", "year");
        KnownNames.require(map.scalar("period"), periods, "period");
        var period = map.text("period").equals("year") ? Budget.Period.YEAR : Budget.Period.LIFETIME;
        map.end();
        return map.make(() -> new Budget(lineage, epsilon, period));
    }

    private static PerRun perRun(YamlMap map) throws YamlProblem {
        var epsilon = Epsilon.read(map, "maxEpsilon");
        var groups = (int) map.whole("maxGroupsPerPerson", 1, PerRun.MAX_CONTRIBUTION);
        var rows = (int) map.whole("maxRowsPerGroupPerPerson", 1, PerRun.MAX_CONTRIBUTION);
        map.end();
        return map.make(() -> new PerRun(epsilon, groups, rows));
    }

    private static Repeats repeats(YamlMap map) throws YamlProblem {
        var executions = (int) map.whole("maxExecutionsPerQuery", 1, 100);
        Optional<Integer> runs = map.has("maxRunsPerDayPerRunner")
                ? Optional.of((int) map.whole("maxRunsPerDayPerRunner", 1, 100_000))
                : Optional.empty();
        map.end();
        return map.make(() -> new Repeats(executions, runs));
    }

    /** Release modes as policies write them. */
    static final class ModeText {
        private ModeText() {}

        static ReleaseMode read(YamlNode.Scalar scalar) throws YamlProblem {
            var known =
                    Arrays.stream(ReleaseMode.values()).map(ReleaseMode::text).toList();
            KnownNames.require(scalar, known, "release mode");
            return List.of(ReleaseMode.values()).get(known.indexOf(scalar.text()));
        }
    }
}
