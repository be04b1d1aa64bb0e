package dev.parley.host.carriage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.host.broker.Brokers;
import dev.parley.host.operator.LeaseLost;
import dev.parley.protocol.cbor.Cbor;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.wire.OutcomeReport;
import dev.parley.protocol.wire.OutcomeReport.Delivered;
import dev.parley.protocol.wire.OutcomeReport.Failed;
import dev.parley.protocol.wire.OutcomeReport.Outcome;
import dev.parley.protocol.wire.OutcomeReport.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class RunCarrierTest {
    private static final Watch.Times PATIENT = new Watch.Times(Duration.ofMillis(100), Duration.ofMinutes(5));

    @TempDir
    private Path folder;

    private TestWorld world;

    @BeforeEach
    void open() throws IOException {
        world = new TestWorld();
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void carriesEveryQuestionOfARunToItsDelivery() throws Exception {
        var outcome = carry(host -> {
            var start = host.ask("start", Cbor.map().put("protocol", "parley-enclave/1"));
            assertThat(start.text("runRequest")).isEqualTo("run-request");
            assertThat(start.text("checkpoint")).isEqualTo("checkpoint");
            assertThat(start.text("role")).isEqualTo("role/test");
            host.ask("step", Cbor.map().put("step", "BOOTED"));
            assertThat(host.ask("challenge", party()).text("challenge")).startsWith("said.challenges.");
            assertThat(host.ask("prepare", party().put("body", Bytes.utf8("p"))).text("grant"))
                    .startsWith("said.prepare.");
            host.ask("step", Cbor.map().put("step", "GRANTED"));
            assertThat(host.ask("commit", party().put("body", Bytes.utf8("c"))).text("release"))
                    .startsWith("said.commit.");
            host.ask("step", Cbor.map().put("step", "KEYS_RELEASED"));
            assertThat(host.ask("consistency", Cbor.map().put("from", 1).put("to", 2))
                            .array("proof"))
                    .hasSize(1);
            assertThat(host.ask("read", read(100, 50)).octets("data"))
                    .isEqualTo(Bytes.copyOf(Arrays.copyOfRange(TestWorld.CIPHERTEXT, 100, 150)));
            host.ask("deliver", delivery());
        });

        assertThat(outcome).isInstanceOf(Delivered.class);
        assertThat(((Delivered) outcome).results())
                .containsExactly(new OutcomeReport.Result(
                        "retailer", Bytes.utf8("sealed").base64Url()));
        assertThat(world.steps).extracting(step -> step.step()).containsExactly("BOOTED", "GRANTED", "KEYS_RELEASED");
    }

    @Test
    void reportsEachBrokersAnswerOnceWithItsDigest() throws Exception {
        var said = new CountDownLatch(1);
        var statement = new String[1];
        carry(host -> {
            statement[0] =
                    host.ask("prepare", party().put("body", Bytes.utf8("p"))).text("grant");
            said.countDown();
            host.ask("step", Cbor.map().put("step", "GRANTED"));
            host.end("refused", "GRANTS_REFUSED");
        });

        assertThat(said.await(1, TimeUnit.SECONDS)).isTrue();
        assertThat(world.steps).singleElement().satisfies(step -> {
            assertThat(step.step()).isEqualTo("GRANTED");
            assertThat(step.party()).isEqualTo("retailer");
            assertThat(step.digest())
                    .isEqualTo(Sha384Digest.of(Bytes.utf8(statement[0])).hex());
            assertThat(step.fencingToken()).isEqualTo(7);
        });
    }

    @Test
    void aDeadBrokerIsUnreachable() throws Exception {
        world.instead.put("/release/prepare", exchange -> exchange.close());

        assertThat(errorOfPrepare()).isEqualTo(new Failed("BROKER_UNREACHABLE"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"BUDGET_EXHAUSTED", "RATE_LIMITED", "POLICY_NOT_NEWEST"})
    void aBrokersCodeReachesTheEnclave(String code) throws Exception {
        world.instead.put("/release/prepare", TestWorld.problem(422, code));

        assertThat(errorOfPrepare()).isEqualTo(new Failed(code));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no code", "", "lower", "<script>"})
    void aBrokerThatSendsNoCodeIsUnreachable(String code) throws Exception {
        world.instead.put("/release/prepare", TestWorld.problem(422, code));

        assertThat(errorOfPrepare()).isEqualTo(new Failed("BROKER_UNREACHABLE"));
    }

    @Test
    void aBrokerCannotFillTheHostsMemory() throws Exception {
        world.instead.put("/release/prepare", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, 0);
            try (var out = exchange.getResponseBody()) {
                var block = new byte[1 << 16];
                for (var i = 0; i < 20_000; i++) {
                    out.write(block);
                }
            }
        });

        assertThat(errorOfPrepare()).isEqualTo(new Failed("BROKER_UNREACHABLE"));
    }

    @Test
    void aBrokerThatNeverFinishesDoesNotHoldUpAnEnclaveThatHasEnded() throws Exception {
        world.instead.put("/release/prepare", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('a');
            exchange.getResponseBody().flush();
            sleep(Duration.ofSeconds(20));
        });

        var started = System.nanoTime();
        var outcome = carry(host -> {
            host.raw(party().put("body", Bytes.utf8("p"))
                    .put("call", "prepare")
                    .put("id", 9)
                    .build()
                    .encode());
            host.end("failed", "HOST_TIMEOUT");
        });

        assertThat(outcome).isEqualTo(new Failed("HOST_TIMEOUT"));
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void aRangeOfAnotherLengthIsTheOperatorsTrouble() throws Exception {
        world.instead.put("/ciphertext", exchange -> TestWorld.send(exchange, 206, Bytes.utf8("short")));

        var outcome = carry(host -> host.endWithErrorOf("read", read(0, 50)));

        assertThat(outcome).isEqualTo(new Failed("OPERATOR_UNREACHABLE"));
        assertThat(world.paths).contains("/v1/rooms/retail-media/datasets/customers/versions/3/ciphertext");
    }

    @Test
    void readsNoDatasetThatIsNotOfTheRun() throws Exception {
        var question = Cbor.map().put("dataset", "exposures").put("offset", 0).put("length", 1);

        var outcome = carry(host -> host.endWithErrorOf("read", question));

        assertThat(outcome).isEqualTo(new Failed("MALFORMED_QUESTION"));
        assertThat(world.paths).noneMatch(path -> path.endsWith("/ciphertext"));
    }

    @Test
    void anEnclaveThatDiesIsLost() throws Exception {
        assertThat(carry(host -> host.ask("step", Cbor.map().put("step", "BOOTED"))))
                .isEqualTo(new Failed("ENCLAVE_LOST"));
        assertThat(carry(host -> host.raw(Cbor.of("no question").encode()))).isEqualTo(new Failed("ENCLAVE_LOST"));
    }

    @Test
    void theFirstWordIsTheLast() throws Exception {
        var outcome = carry(host -> {
            host.ask("deliver", delivery());
            assertThat(host.ask("end", Cbor.map().put("outcome", "failed").put("code", "HOST_TIMEOUT"))
                            .text("error"))
                    .isEqualTo("MALFORMED_QUESTION");
        });

        assertThat(outcome).isInstanceOf(Delivered.class);
    }

    @Test
    void aClaimThatIsNoRunIsRefusedWithoutAnEnclave() throws Exception {
        var enclaves = new TestEnclaves(folder, host -> {});

        new RunCarrier(world.web, world.operator(), enclaves, PATIENT).carry(world.claim("bm90IGEgYnVuZGxl"));

        assertThat(lastOutcome()).isEqualTo(new Refused("MALFORMED_CLAIM"));
        assertThat(enclaves.launched()).isZero();
    }

    @Test
    void aPlatformThatGivesNoEnclaveIsReportedAtOnce() throws Exception {
        var carrier = new RunCarrier(
                world.web,
                world.operator(),
                () -> {
                    throw new IOException("no memory left");
                },
                PATIENT);

        carrier.carry(world.claim());

        assertThat(lastOutcome()).isEqualTo(new Failed("ENCLAVE_NOT_LAUNCHED"));
    }

    @Test
    void aLostLeaseEndsTheEnclaveAndNothingIsReported() throws Exception {
        world.instead.put("/renewals", TestWorld.status(409));
        var ended = new CountDownLatch(1);

        assertThatThrownBy(() -> carry(host -> waitForTheEnd(host, ended))).isInstanceOf(LeaseLost.class);

        assertThat(ended.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(world.outcomes).isEmpty();
    }

    @Test
    void renewsTheLeaseThroughTroubleOfTheApi() throws Exception {
        var renewals = new AtomicInteger();
        world.instead.put("/renewals", exchange -> {
            renewals.incrementAndGet();
            TestWorld.send(exchange, 503, Bytes.empty());
        });

        var outcome = carry(host -> {
            while (renewals.get() < 3) {
                sleep(Duration.ofMillis(20));
            }
            host.end("refused", "BUDGET_EXHAUSTED");
        });

        assertThat(outcome).isEqualTo(new Refused("BUDGET_EXHAUSTED"));
    }

    @Test
    void aRunThatTakesTooLongIsEnded() throws Exception {
        var ended = new CountDownLatch(1);
        var hasty = new Watch.Times(Duration.ofMillis(50), Duration.ofMillis(200));

        new RunCarrier(world.web, world.operator(), new TestEnclaves(folder, host -> waitForTheEnd(host, ended)), hasty)
                .carry(world.claim());

        assertThat(lastOutcome()).isEqualTo(new Failed("RUN_TIMED_OUT"));
        assertThat(ended.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void reportsAResultAgainWhereTheApiWasNotThere() throws Exception {
        var tries = new AtomicInteger();
        world.instead.put("/outcome", exchange -> {
            if (tries.incrementAndGet() == 2) {
                world.instead.clear();
            }
            TestWorld.send(exchange, 503, Bytes.empty());
        });

        assertThat(carry(host -> host.ask("deliver", delivery()))).isInstanceOf(Delivered.class);
    }

    @Test
    void aResultThatTheApiDoesNotTakeIsAFailure() throws Exception {
        world.instead.put("/outcome", exchange -> {
            world.instead.clear();
            TestWorld.send(exchange, 413, Bytes.empty());
        });

        assertThat(carry(host -> host.ask("deliver", delivery()))).isEqualTo(new Failed("OUTCOME_REFUSED"));
    }

    @Test
    void everyCodeIsInTheTable() throws IOException {
        var table = Files.readString(Path.of("../../docs/errors.md"));

        for (var code : CarriageCode.values()) {
            assertThat(table).contains("| `" + code + "` |");
        }
        for (var code : Brokers.Code.values()) {
            assertThat(table).contains("| `" + code + "` |");
        }
    }

    private Outcome carry(TestEnclaves.Program program) throws Exception {
        new RunCarrier(world.web, world.operator(), new TestEnclaves(folder, program), PATIENT).carry(world.claim());
        return lastOutcome();
    }

    private Outcome lastOutcome() {
        return world.outcomes.getLast().outcome();
    }

    private Outcome errorOfPrepare() throws Exception {
        return carry(host -> host.endWithErrorOf("prepare", party().put("body", Bytes.utf8("p"))));
    }

    private static void waitForTheEnd(TestEnclaves.Asking host, CountDownLatch ended) throws Exception {
        try {
            while (true) {
                host.ask("step", Cbor.map().put("step", "BOOTED"));
                sleep(Duration.ofMillis(20));
            }
        } finally {
            ended.countDown();
        }
    }

    private static Cbor.Builder party() {
        return Cbor.map().put("party", "retailer");
    }

    private static Cbor.Builder read(long offset, int length) {
        return Cbor.map().put("dataset", "customers").put("offset", offset).put("length", length);
    }

    private static Cbor.Builder delivery() {
        var result = Cbor.map().put("recipient", "retailer").put("sealed", Bytes.utf8("sealed"));
        return Cbor.map()
                .put("receipt", Bytes.utf8("receipt"))
                .put("evidence", Bytes.utf8("evidence"))
                .put("results", Cbor.array(result.build()));
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
