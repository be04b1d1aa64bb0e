package dev.parley.simulator.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.simulator.probe.Attacker;
import dev.parley.simulator.probe.Escapes;
import dev.parley.simulator.sandbox.Isolation.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Processes outside that want an enclave's memory: by {@code /proc/PID/mem}, process_vm_readv and ptrace. */
@Timeout(120)
final class OutsiderTest {
    private static final int STRANGER = Sandboxes.FIRST_USER + 900;
    private static final List<String> REFUSED = List.of("mem=refused", "process_vm_readv=refused", "ptrace=refused");
    private static final List<String> ALLOWED = List.of("mem=ALLOWED", "process_vm_readv=ALLOWED", "ptrace=ALLOWED");

    private static TestSandbox sandboxes;

    @BeforeAll
    static void prepare() throws Exception {
        assumeTrue(Sandboxes.isRoot(), "not run: only root can be several users, to attack one as another");
        sandboxes = TestSandbox.create();
    }

    @AfterAll
    static void delete() throws IOException {
        sandboxes.close();
    }

    @ParameterizedTest
    @EnumSource(Tool.class)
    void nobodyButRootReadsAnEnclavesMemory(Tool tool) throws Exception {
        var outside = new Outside(sandboxes.work());
        try (var running = sandboxes.start(sandboxes.of(tool, sandboxes.image(Escapes.class)))) {
            var pid = running.pid();
            var address = writable(pid);

            assertThat(attack(outside, STRANGER, pid, address))
                    .as("another user")
                    .isEqualTo(REFUSED);
            assertThat(attack(outside, TestSandbox.USER, pid, address))
                    .as("its own user")
                    .isEqualTo(REFUSED);
            // What no process can prevent, and SECURITY.md says.
            assertThat(outside.asTester(Attacker.class, "" + pid, address))
                    .as("root")
                    .isEqualTo(ALLOWED);
        }
    }

    /** The control: without sandbox and launcher the same user gets everything. */
    @Test
    void aPlainProcessIsReadByItsOwnUser() throws Exception {
        var outside = new Outside(sandboxes.work());
        List<String> sleep = new ArrayList<>(Outside.becoming(TestSandbox.USER));
        sleep.addAll(List.of("sleep", "60"));
        var plain = new ProcessBuilder(sleep).start();
        try {
            while (!Files.readString(Path.of("/proc/" + plain.pid() + "/comm")).equals("sleep\n")) {
                Thread.sleep(10);
            }
            var address = writable(plain.pid());

            assertThat(attack(outside, TestSandbox.USER, plain.pid(), address)).isEqualTo(ALLOWED);
            assertThat(attack(outside, STRANGER, plain.pid(), address)).isEqualTo(REFUSED);
        } finally {
            plain.destroyForcibly();
        }
    }

    private static List<String> attack(Outside outside, int user, long pid, String address) throws Exception {
        return outside.as(user, Attacker.class, "" + pid, address);
    }

    /** The address of the first writable mapping, which root can see. */
    private static String writable(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/maps")).stream()
                .filter(line -> line.contains(" rw-p "))
                .map(line -> line.substring(0, line.indexOf('-')))
                .findFirst()
                .orElseThrow();
    }
}
