package dev.parley.policy.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.policy.bundle.PolicyBundle;
import dev.parley.policy.bundle.ReleaseMode;
import dev.parley.policy.check.Decision;
import dev.parley.policy.check.PolicyChecker;
import dev.parley.policy.plan.ColumnName;
import dev.parley.policy.plan.Literal;
import dev.parley.policy.query.QueryRequest;
import dev.parley.policy.sample.SampleRoom;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.DatasetId;
import dev.parley.protocol.room.LineageId;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.room.TemplateId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomFolderTest {
    private static final SampleRoom ROOM = SampleRoom.create(new SecureRandom());
    private static final PartyId RETAILER = new PartyId("retailer");

    @TempDir
    private Path folder;

    @Test
    void compilesTheExampleWithoutAFinding() throws IOException, Malformed {
        var compiled = compiled();

        assertThat(compiled.findings()).isEmpty();
        assertThat(compiled.bundle().templates()).hasSize(4);
        assertThat(PolicyBundle.parse(compiled.bundle().canonical())).isEqualTo(compiled.bundle());
    }

    @Test
    void compilesTheSameFilesToTheSameBytes() throws IOException {
        var first = compiled().bundle();
        var again = (Compilation.Compiled) RoomFolder.compile(folder, RoomCopy.SQL);

        assertThat(again.bundle().canonical()).isEqualTo(first.canonical());
    }

    @Test
    void doesNotChangeTheBundleForCommentsAndLineEnds() throws IOException {
        var digest = compiled().bundle().digest();
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
                var text = "# reviewed\n" + Files.readString(file);
                Files.writeString(file, text.replace("\n", "\r\n"));
            }
        }

        var again = (Compilation.Compiled) RoomFolder.compile(folder, RoomCopy.SQL);

        assertThat(again.bundle().digest()).isEqualTo(digest);
    }

    @Test
    void allowsTheExampleQueriesUnderTheStrictestLimits() throws IOException, Malformed {
        var bundle = compiled().bundle();

        var template = bundle.template(new TemplateId("campaign-reach")).orElseThrow();
        Map<ColumnName, Literal> spring = Map.of(new ColumnName("campaign"), new Literal.Text("spring"));
        var decision = PolicyChecker.check(
                bundle,
                new QueryRequest(
                        template.id(),
                        template.bind(spring).plan(),
                        spring,
                        RETAILER,
                        List.of(RETAILER),
                        bundle.validFrom()));

        assertThat(decision).isInstanceOfSatisfying(Decision.Allowed.class, allowed -> {
            assertThat(allowed.limits().microEpsilon()).isEqualTo(500_000);
            assertThat(allowed.limits().maxGroupsPerPerson()).isEqualTo(1);
            assertThat(allowed.limits().charged()).containsValue(new LineageId("loyalty-members"));
        });
    }

    @Test
    void keepsExactFiguresAboveBothThresholds() throws IOException {
        var bundle = compiled().bundle();

        var template = bundle.template(new TemplateId("exact-overlap")).orElseThrow();
        var decision = PolicyChecker.check(
                bundle,
                new QueryRequest(
                        template.id(), template.plan(), Map.of(), RETAILER, List.of(RETAILER), bundle.validFrom()));

        assertThat(template.mode()).isEqualTo(ReleaseMode.THRESHOLD);
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Allowed.class,
                        allowed -> assertThat(allowed.limits().thresholds())
                                .isEqualTo(Map.of(new DatasetId("customers"), 50, new DatasetId("exposures"), 50)));
    }

    @Test
    void passesItsOwnPolicyTests() throws IOException {
        var bundle = compiled().bundle();

        var report = PolicyTests.run(folder, bundle);

        assertThat(report).isInstanceOfSatisfying(PolicyTests.Report.Ran.class, ran -> {
            assertThat(ran.results()).hasSize(7);
            assertThat(ran.results()).allMatch(PolicyTests.Result::passed);
        });
    }

    @Test
    void tellsWhichPolicyTestFails() throws IOException {
        var bundle = compiled().bundle();
        var tests = folder.resolve("tests/allowed-and-refused.yaml");
        Files.writeString(tests, Files.readString(tests).replace("expect: NOT_A_RUNNER", "expect: allowed"));

        var report = (PolicyTests.Report.Ran) PolicyTests.run(folder, bundle);

        assertThat(report.results())
                .filteredOn(result -> !result.passed())
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.actual()).isEqualTo("NOT_A_RUNNER");
                    assertThat(result.at().line()).isEqualTo(30);
                });
    }

    @Test
    void warnsOfWhatIsAllowedAndUnwise() throws IOException {
        var copy = RoomCopy.in(folder, ROOM);
        copy.write(
                "privacy.yaml",
                copy.text("privacy.yaml")
                        .replace("exposures: 25", "exposures: 5")
                        .replace("maxEpsilon: 1.5", "maxEpsilon: 6.000"));

        var findings = copy.compile().findings();

        assertThat(findings)
                .extracting(Finding::code)
                .containsExactly("THRESHOLD_SMALL", "EPSILON_LARGE", "EPSILON_LARGE");
        assertThat(findings).allMatch(finding -> finding.severity() == Finding.Severity.WARNING);
        assertThat(findings.getFirst().at()).hasToString("privacy.yaml:26:7");
    }

    private Compilation.Compiled compiled() throws IOException {
        var compilation = RoomCopy.in(folder, ROOM).compile();
        assertThat(compilation.findings()).isEmpty();
        return (Compilation.Compiled) compilation;
    }
}
