package dev.parley.rehearsal.room;

import static dev.parley.local.room.LocalRoom.PUBLISHER;
import static dev.parley.local.room.LocalRoom.RETAILER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.wire.RunState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The first confidential run, and what a bad day may do to it. One room serves all; the last test breaks its log. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FirstRunTest {
    private static final String NOISED = "reach-by-segment";
    private static final String WITH_PARAMETER = "campaign-reach";
    private static final String EXACT = "overlap-by-region";
    private static final String OTHER_EXACT = "exact-overlap";

    private Rehearsed rehearsed;

    @BeforeAll
    void startARoom(@TempDir Path state) throws Exception {
        rehearsed = Rehearsed.start(state);
    }

    @AfterAll
    void stopIt() {
        rehearsed.close();
    }

    @Test
    @Order(1)
    void aRunGivesAnAggregateWithAReceiptThatVerifiesAndIsChargedOnce(@TempDir Path proof) throws Exception {
        var run = rehearsed.run(PUBLISHER, NOISED);
        var result = rehearsed.result(PUBLISHER, run);
        var verified = rehearsed.verify(PUBLISHER, run, proof.resolve("proof"));

        assertThat(text(result)).contains("result/1").contains("\"premium\"");
        assertThat(verified.exitCode()).isZero();
        var level = rehearsed.isolation();
        assertThat(verified.printed()).contains("isolation: " + (level.equals("full") ? "full" : "WEAKER: " + level));
        assertThat(rehearsed.spent(RETAILER)).isPositive();
        assertThat(rehearsed.spent(PUBLISHER)).isEqualTo(rehearsed.spent(RETAILER));
        assertThat(rehearsed.releases(RETAILER)).isOne();
    }

    @Test
    @Order(2)
    void theSameQueryAgainIsFreeAndGivesTheSameBytes() throws Exception {
        var spent = rehearsed.spent(RETAILER);

        var first = rehearsed.result(PUBLISHER, rehearsed.run(PUBLISHER, NOISED));
        var second = rehearsed.result(PUBLISHER, rehearsed.run(PUBLISHER, NOISED));

        assertThat(second).isEqualTo(first);
        assertThat(rehearsed.spent(RETAILER)).isEqualTo(spent);
    }

    @Test
    @Order(3)
    void anEnclaveThatIsKilledMidRunCostsNothingMoreAndChangesNothing() throws Exception {
        var before = rehearsed.spent(RETAILER);

        var running = CompletableFuture.supplyAsync(
                () -> unchecked(() -> rehearsed.run(PUBLISHER, WITH_PARAMETER, "campaign=autumn")));
        var killed = killTheEnclaveOf(WITH_PARAMETER, running);
        var run = running.get(4, TimeUnit.MINUTES);

        assertThat(killed).isTrue();
        var view = rehearsed.view(run);
        assertThat(view.state()).isEqualTo(RunState.DELIVERED);
        assertThat(view.attempts()).isGreaterThan(1);
        assertThat(text(rehearsed.result(PUBLISHER, run))).contains("result/1");
        var charges = rehearsed.budget(RETAILER).lineages().getFirst().charges().stream()
                .filter(charge -> charge.template().equals(WITH_PARAMETER))
                .toList();
        assertThat(charges).hasSize(1);
        assertThat(rehearsed.spent(RETAILER))
                .isEqualTo(before + charges.getFirst().microEpsilon());
    }

    @Test
    @Order(4)
    void aSecondExactQueryWaitsForTheGuard() throws Exception {
        rehearsed.run(RETAILER, EXACT);

        var refused = rehearsed.tryToRun(RETAILER, OTHER_EXACT);

        assertThat(refused.exitCode()).isOne();
        assertThat(refused.printed() + refused.complaints()).contains("GUARD_REQUIRED");
    }

    @Test
    @Order(5)
    void aResultOpensForNoOneItWasNotSealedTo() throws Exception {
        var run = rehearsed.run(PUBLISHER, NOISED);
        var token = rehearsed.operatorToken(RETAILER);

        var ours = rehearsed.body(rehearsed.api("/v1/runs/" + run + "/result"), rehearsed.operatorToken(PUBLISHER));
        var theirs = rehearsed.body(rehearsed.api("/v1/runs/" + run + "/result"), token);

        assertThat(theirs).isNotEqualTo(ours);
        assertThat(new String(ours, StandardCharsets.ISO_8859_1)).doesNotContain("premium");
    }

    @Test
    @Order(9)
    void anOlderCopyOfTheOperatorsDatabaseRefillsNothingAndRepeatsNothing(@TempDir Path backup) throws Exception {
        var operator = rehearsed.room().operator();
        stopOperator();
        copy(operator.domain().cluster().dataFolder(), backup.resolve("data"));
        startOperator();
        rehearsed.run(PUBLISHER, WITH_PARAMETER, "campaign=winter");
        var spent = rehearsed.spent(RETAILER);
        var releases = rehearsed.releases(RETAILER);

        stopOperator();
        delete(operator.domain().cluster().dataFolder());
        copy(backup.resolve("data"), operator.domain().cluster().dataFolder());
        startOperator();
        var again = rehearsed.tryToRun(PUBLISHER, WITH_PARAMETER, "campaign=winter");

        assertThat(again.exitCode()).isNotZero();
        assertThat(again.printed() + again.complaints()).containsAnyOf("LOG_INCONSISTENT", "RUN_ATTEMPTS_EXHAUSTED");
        assertThat(rehearsed.spent(RETAILER)).isEqualTo(spent);
        assertThat(rehearsed.releases(RETAILER)).isEqualTo(releases);
    }

    private static String text(Bytes canonical) {
        return new String(canonical.toArray(), StandardCharsets.UTF_8);
    }

    private void stopOperator() {
        rehearsed.room().operator().host().stop();
        rehearsed.room().operator().api().service().stop();
        rehearsed.room().operator().domain().cluster().stop();
    }

    private void startOperator() throws Exception {
        rehearsed.room().operator().domain().cluster().start();
        rehearsed.room().operator().api().service().start();
        rehearsed.room().operator().host().start();
    }

    /** Kills every enclave once one of them has this run, as root of the host can at any time. */
    private boolean killTheEnclaveOf(String template, CompletableFuture<String> running) throws Exception {
        var simulator = ProcessHandle.of(
                        rehearsed.room().operator().nitro().process().pid())
                .orElseThrow();
        while (!running.isDone()) {
            // From its first step on: an enclave waits for its run, and a warm one is there before any.
            if (rehearsed.runs(PUBLISHER).stream()
                    .anyMatch(run -> run.template().equals(template)
                            && run.state() == RunState.RUNNING
                            && !run.step().isEmpty())) {
                return simulator
                        .descendants()
                        .map(ProcessHandle::destroyForcibly)
                        .reduce(false, Boolean::logicalOr);
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return false;
    }

    private interface Work<T> {
        T done() throws Exception;
    }

    private static <T> T unchecked(Work<T> work) {
        try {
            return work.done();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException problem) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
