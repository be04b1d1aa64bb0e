package dev.parley.policy.authoring;

import static java.util.Objects.requireNonNull;

import dev.parley.policy.authoring.RoomFiles.Refused;
import dev.parley.policy.authoring.yaml.KnownNames;
import dev.parley.policy.authoring.yaml.Position;
import dev.parley.policy.authoring.yaml.YamlMap;
import dev.parley.policy.authoring.yaml.YamlProblem;
import dev.parley.policy.bundle.ColumnType;
import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.policy.check.Decision;
import dev.parley.policy.check.PolicyChecker;
import dev.parley.policy.check.RefusalCode;
import dev.parley.policy.plan.ColumnName;
import dev.parley.policy.plan.Literal;
import dev.parley.policy.plan.Plan;
import dev.parley.policy.query.QueryRequest;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.room.TemplateId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Runs a room folder's {@code tests/*.yaml}: queries, and what the production checker must say to each. */
public final class PolicyTests {
    private static final String FOLDER = "tests";
    private static final String ALLOWED = "allowed";

    private final RoomFiles files;
    private final PolicyBundle bundle;

    private PolicyTests(RoomFiles files, PolicyBundle bundle) {
        this.files = files;
        this.bundle = bundle;
    }

    /** What came of the tests. */
    public sealed interface Report {
        record Ran(List<Result> results) implements Report {
            public Ran {
                results = List.copyOf(results);
            }
        }

        /** A test file that cannot be understood. */
        record Unreadable(Finding finding) implements Report {
            public Unreadable {
                requireNonNull(finding);
            }
        }
    }

    /**
     * One case.
     *
     * @param expected {@code allowed} or a code
     * @param actual what the checker said
     */
    public record Result(Position at, String name, String expected, String actual) {
        public Result {
            requireNonNull(at);
            requireNonNull(name);
            requireNonNull(expected);
            requireNonNull(actual);
        }

        public boolean passed() {
            return expected.equals(actual);
        }
    }

    public static Report run(Path folder, PolicyBundle bundle) {
        var tests = new PolicyTests(new RoomFiles(folder.toAbsolutePath().normalize()), bundle);
        try {
            return new Report.Ran(tests.run());
        } catch (YamlProblem e) {
            return new Report.Unreadable(
                    new Finding(Finding.Severity.ERROR, e.code().name(), e.position(), e.text()));
        } catch (Refused e) {
            return new Report.Unreadable(e.finding());
        }
    }

    private List<Result> run() throws YamlProblem, Refused {
        var results = new ArrayList<Result>();
        if (bundle.templates().isEmpty()) {
            return results;
        }
        for (var name : files.names(FOLDER)) {
            var file = files.yaml(FOLDER + "/" + name + ".yaml", "policy-test/1");
            for (var test : file.maps("cases", "name")) {
                results.add(run(test));
            }
            file.end();
        }
        return results;
    }

    private Result run(YamlMap test) throws YamlProblem {
        var name = test.text("name");
        var template = test.text("template", TemplateId::parse);
        var runner = test.text("runner", PartyId::parse);
        var recipients = test.texts("recipients", PartyId::parse);
        var at = test.has("at") ? test.instant("at") : bundle.validFrom();
        KnownNames.require(test.scalar("expect"), expectations(), "decision");
        var expected = test.text("expect");
        var typed = test.has("parameters") ? test.map("parameters") : null;
        Map<ColumnName, Literal> parameters = typed == null ? Map.of() : parameters(template, typed);
        test.end();
        var request = new QueryRequest(template, plan(template, parameters), parameters, runner, recipients, at);
        return new Result(test.at(), name, expected, said(PolicyChecker.check(bundle, request)));
    }

    /** The plan that an honest runner names; where there is none, any: the checker has said no by then. */
    private Plan plan(TemplateId id, Map<ColumnName, Literal> parameters) {
        var template = bundle.template(id).orElse(bundle.templates().getFirst());
        try {
            return template.bind(parameters).plan();
        } catch (Malformed e) {
            return template.plan();
        }
    }

    private Map<ColumnName, Literal> parameters(TemplateId template, YamlMap typed) throws YamlProblem {
        var parameters = new LinkedHashMap<ColumnName, Literal>();
        for (var key : typed.keys()) {
            var name = YamlMap.parse(key, ColumnName::parse);
            var type = bundle.template(template)
                    .flatMap(found -> found.parameter(name))
                    .map(parameter -> parameter.type());
            var text = typed.text(key.text());
            parameters.put(name, literal(type, text));
        }
        return parameters;
    }

    /** Text that is no constant of the type stays text: that the checker refuses it is what a test may want to see. */
    private static Literal literal(Optional<ColumnType> type, String text) {
        if (type.isEmpty()) {
            return new Literal.Text(text);
        }
        try {
            return type.get().literal(text);
        } catch (Malformed e) {
            return new Literal.Text(text);
        }
    }

    private static List<String> expectations() {
        var codes = Arrays.stream(RefusalCode.values()).map(RefusalCode::name);
        return Stream.concat(Stream.of(ALLOWED), codes).toList();
    }

    private static String said(Decision decision) {
        return switch (decision) {
            case Decision.Allowed allowed -> ALLOWED;
            case Decision.Refused(var refusal) -> refusal.code().name();
        };
    }
}
