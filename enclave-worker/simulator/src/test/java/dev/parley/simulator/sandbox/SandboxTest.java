package dev.parley.simulator.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.simulator.probe.Probe;
import dev.parley.simulator.sandbox.Isolation.Tool;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
final class SandboxTest {
    private static final Map<Tool, Map<String, String>> REPORTS = new EnumMap<>(Tool.class);
    private static TestSandbox sandboxes;

    @BeforeAll
    static void unpack() throws Exception {
        sandboxes = TestSandbox.create();
    }

    @AfterAll
    static void delete() throws Exception {
        sandboxes.close();
    }

    @ParameterizedTest
    @EnumSource(Tool.class)
    void refusesEverythingThatLeadsOutButTheDoor(Tool tool) throws Exception {
        var report = probe(tool);

        assertThat(report)
                .containsEntry("unix", "allowed")
                .allSatisfy((what, outcome) -> assertThat(outcome).as(what).isNotEqualTo("ALLOWED"));
        assertThat(report.values()).filteredOn("refused"::equals).hasSizeGreaterThan(25);
    }

    @ParameterizedTest
    @EnumSource(Tool.class)
    void showsNothingButTheImageAndTheDoor(Tool tool) throws Exception {
        var report = probe(tool);

        assertThat(report)
                .containsEntry("root", "[app, boot, dev, lib, lib64, proc, run, runtime]")
                .containsEntry("dev", "[null, random, urandom]")
                .containsEntry("door", "[host.sock]")
                .containsEntry("processes", "[1]")
                .hasEntrySatisfying("environment", names -> assertThat(names).isIn("[]", "[PWD]"));
    }

    @ParameterizedTest
    @EnumSource(Tool.class)
    void leavesNoPrivilegeAndNoCoreDump(Tool tool) throws Exception {
        var report = probe(tool);

        assertThat(report)
                .containsEntry("CapEff", "0000000000000000")
                .containsEntry("CapPrm", "0000000000000000")
                .containsEntry("NoNewPrivs", "1")
                .containsEntry("Seccomp", "2")
                .containsEntry("Max core file size", "0")
                .containsEntry("Max data size", String.valueOf(6144L << 20));
    }

    private static Map<String, String> probe(Tool tool) throws Exception {
        var before = REPORTS.get(tool);
        if (before != null) {
            return before;
        }
        Map<String, String> report = new HashMap<>();
        try (var running = sandboxes.start(sandboxes.of(tool, sandboxes.image(Probe.class)))) {
            for (var line : running.lines()) {
                report.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
            }
        }
        REPORTS.put(tool, report);
        return report;
    }
}
