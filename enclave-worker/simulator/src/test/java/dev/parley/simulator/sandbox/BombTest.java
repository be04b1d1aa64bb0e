package dev.parley.simulator.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.image.eif.SandboxProfile;
import dev.parley.simulator.probe.Bomb;
import dev.parley.simulator.sandbox.Isolation.Tool;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A program that takes all it can: it ends or is told no, and the host goes on. */
@Timeout(60)
final class BombTest {
    private static final int MEMORY_MIB = 400;
    private static final SandboxProfile SMALL = new SandboxProfile(MEMORY_MIB, 3, 128, 64);

    private static TestSandbox sandboxes;
    private static Sandbox sandbox;

    @BeforeAll
    static void prepare() throws Exception {
        sandboxes = TestSandbox.create();
        sandbox = sandboxes.of(Tool.BUBBLEWRAP, sandboxes.image(Bomb.class, SMALL));
    }

    @AfterAll
    static void delete() throws IOException {
        sandboxes.close();
    }

    @Test
    void isToldNoWhereItTakesMoreThanTheImageSays() throws Exception {
        Map<String, Long> taken = new HashMap<>();
        try (var running = sandboxes.start(sandbox)) {
            running.tell("what it is told no to");
            for (var line : running.lines()) {
                taken.put(line.substring(0, line.indexOf('=')), Long.parseLong(line.substring(line.indexOf('=') + 1)));
            }
        }

        assertThat(taken).containsEntry("processes", 0L);
        assertThat(taken.get("MiB")).isLessThan(MEMORY_MIB);
        assumeTrue(sandbox.isolation().inForce(Layer.DEDICATED_USER), "not run: threads are limited by user");
        assertThat(taken.get("threads")).isBetween(1L, (long) SMALL.threads());
    }

    /** Which {@code prlimit --data} does not count. */
    @Test
    void endsWhereItTakesMoreSharedMemory() throws Exception {
        assumeTrue(sandbox.isolation().inForce(Layer.CONTROL_GROUP), "not run: no control group here");
        assertEnds("shared memory");
    }

    @Test
    void endsWhenItsProcessorTimeIsUsedUp() throws Exception {
        assertEnds("computing");
    }

    private static void assertEnds(String what) throws Exception {
        try (var running = sandboxes.start(sandbox)) {
            running.tell(what);
            assertThat(running.lines()).isEqualTo(List.of());
            assertThat(running.program().process().waitFor(10, TimeUnit.SECONDS))
                    .isTrue();
            assertThat(running.program().process().exitValue()).isNotZero();
        }
    }
}
