package dev.parley.policy.authoring;

import dev.parley.policy.authoring.RoomFiles.Refused;
import dev.parley.policy.authoring.normalisation.Profile;
import dev.parley.policy.authoring.yaml.KnownNames;
import dev.parley.policy.authoring.yaml.YamlMap;
import dev.parley.policy.authoring.yaml.YamlNode;
import dev.parley.policy.authoring.yaml.YamlProblem;
import dev.parley.policy.bundle.Bounds;
import dev.parley.policy.bundle.Column;
import dev.parley.policy.bundle.ColumnRole;
import dev.parley.policy.bundle.ColumnType;
import dev.parley.policy.bundle.Dataset;
import dev.parley.policy.bundle.Domain;
import dev.parley.policy.plan.ColumnName;
import dev.parley.protocol.room.DatasetId;
import dev.parley.protocol.room.LineageId;
import dev.parley.protocol.room.PartyId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads {@code datasets/<id>.yaml}. */
final class DatasetFile {
    private static final String FOLDER = "datasets";

    private DatasetFile() {}

    static List<Dataset> readAll(RoomFiles files, List<String> parties) throws YamlProblem, Refused {
        var datasets = new ArrayList<Dataset>();
        for (var name : files.names(FOLDER)) {
            datasets.add(read(files, name, parties));
        }
        return datasets;
    }

    private static Dataset read(RoomFiles files, String name, List<String> parties) throws YamlProblem, Refused {
        var map = files.yaml(FOLDER + "/" + name + ".yaml", "dataset/1");
        NotAvailable.inDataset(map);
        var id = YamlMap.parse(map.fileName(name), DatasetId::parse);
        KnownNames.require(map.scalar("owner"), parties, "party");
        var owner = map.text("owner", PartyId::parse);
        var lineage = map.text("lineage", LineageId::parse);
        var columns = new ArrayList<Column>();
        for (var column : map.maps("columns", "name")) {
            columns.add(column(column));
        }
        var names = columns.stream().map(c -> c.name().value()).toList();
        KnownNames.require(map.scalar("privacyUnit"), names, "column");
        var unit = map.text("privacyUnit", ColumnName::parse);
        map.end();
        return YamlMap.make(map.at("columns"), () -> new Dataset(id, owner, lineage, unit, columns));
    }

    private static Column column(YamlMap map) throws YamlProblem, Refused {
        NotAvailable.inColumn(map);
        var name = map.text("name", ColumnName::parse);
        var roles = Arrays.stream(ColumnRole.values()).map(ColumnRole::text).toList();
        KnownNames.require(map.scalar("role"), roles, "role");
        var role = List.of(ColumnRole.values()).get(roles.indexOf(map.text("role")));
        var type = map.text("type", ColumnType::parse);
        Optional<Domain> domain = map.has("domain") ? Optional.of(domain(map)) : Optional.empty();
        Optional<Bounds> bounds = map.has("bounds") ? Optional.of(bounds(map.map("bounds"))) : Optional.empty();
        if (map.has("normalisation")) {
            profile(map.scalar("normalisation"));
        }
        var normalisation = map.optionalText("normalisation", text -> text);
        map.end();
        return map.make(() -> new Column(name, role, type, domain, bounds, normalisation));
    }

    private static void profile(YamlNode.Scalar name) throws YamlProblem {
        if (Profile.named(name.text()).isEmpty()) {
            KnownNames.require(name, Profile.names(), "normalisation profile");
        }
    }

    private static Domain domain(YamlMap column) throws YamlProblem {
        var values =
                column.scalars("domain").stream().map(YamlNode.Scalar::text).toList();
        return YamlMap.make(column.at("domain"), () -> new Domain(values));
    }

    private static Bounds bounds(YamlMap map) throws YamlProblem {
        var min = map.decimal("min");
        var max = map.decimal("max");
        map.end();
        return map.make(() -> new Bounds(min, max));
    }
}
