package dev.parley.policy.authoring;

import dev.parley.policy.authoring.RoomFiles.Refused;
import dev.parley.policy.authoring.yaml.KnownNames;
import dev.parley.policy.authoring.yaml.YamlMap;
import dev.parley.policy.authoring.yaml.YamlNode;
import dev.parley.policy.authoring.yaml.YamlProblem;
import dev.parley.policy.bundle.ColumnType;
import dev.parley.policy.bundle.Dataset;
import dev.parley.policy.bundle.Parameter;
import dev.parley.policy.bundle.ReleaseMode;
import dev.parley.policy.bundle.Template;
import dev.parley.policy.plan.ColumnName;
import dev.parley.policy.plan.Plan;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.room.TemplateId;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code templates/<id>.yaml} and has its SQL compiled. */
final class TemplateFile {
    private static final String FOLDER = "templates";

    private final RoomFiles files;
    private final List<String> parties;
    private final List<Dataset> datasets;
    private final SqlCompiler compiler;

    TemplateFile(RoomFiles files, List<String> parties, List<Dataset> datasets, SqlCompiler compiler) {
        this.files = files;
        this.parties = parties;
        this.datasets = datasets;
        this.compiler = compiler;
    }

    List<Template> readAll() throws YamlProblem, Refused {
        var templates = new ArrayList<Template>();
        for (var name : files.names(FOLDER)) {
            templates.add(read(name));
        }
        return templates;
    }

    private Template read(String name) throws YamlProblem, Refused {
        var map = files.yaml(FOLDER + "/" + name + ".yaml", "template/1");
        var id = YamlMap.parse(map.fileName(name), TemplateId::parse);
        var title = map.text("title");
        var parameters = parameters(map);
        var sql = map.scalar("sql");
        var runners = parties(map, "runners");
        var recipients = parties(map, "recipients");
        var mode = map.has("mode") ? PrivacyFile.ModeText.read(map.scalar("mode")) : ReleaseMode.DP;
        var cost = cost(map, mode);
        map.end();
        var plan = plan(sql, parameters);
        return map.make(() ->
                new Template(id, title, sql.text().stripTrailing(), plan, parameters, runners, recipients, mode, cost));
    }

    private static long cost(YamlMap map, ReleaseMode mode) throws YamlProblem {
        if (mode.addsNoise()) {
            return Epsilon.read(map, "maxEpsilon");
        }
        if (map.has("maxEpsilon")) {
            throw new YamlProblem(
                    YamlProblem.Code.BAD_VALUE, map.at("maxEpsilon"), "a template without noise costs no epsilon");
        }
        return 0;
    }

    private List<PartyId> parties(YamlMap map, String key) throws YamlProblem {
        var named = new ArrayList<PartyId>();
        for (var scalar : map.scalars(key)) {
            KnownNames.require(scalar, parties, "party");
            var party = YamlMap.parse(scalar, PartyId::parse);
            if (named.contains(party)) {
                throw new YamlProblem(YamlProblem.Code.DEFINED_TWICE, scalar.at(), "this party stands twice");
            }
            named.add(party);
        }
        return named;
    }

    private static List<Parameter> parameters(YamlMap map) throws YamlProblem {
        var parameters = new ArrayList<Parameter>();
        if (!map.has("parameters")) {
            return parameters;
        }
        for (var entry : map.mapOfMaps("parameters").entrySet()) {
            var name = YamlMap.parse(entry.getKey(), ColumnName::parse);
            var parameter = entry.getValue();
            var type = parameter.text("type", ColumnType::parse);
            var description = parameter.text("description");
            parameter.end();
            parameters.add(parameter.make(() -> new Parameter(name, type, description)));
        }
        return parameters;
    }

    private Plan plan(YamlNode.Scalar sql, List<Parameter> parameters) throws Refused {
        return switch (compiler.compile(sql.text().stripTrailing(), datasets, parameters)) {
            case SqlCompiler.Outcome.Planned(var plan) -> plan;
            case SqlCompiler.Outcome.Refused refused ->
                throw new Refused(new Finding(
                        Finding.Severity.ERROR,
                        refused.code(),
                        sql.within(refused.line(), refused.column()),
                        refused.message()));
        };
    }
}
