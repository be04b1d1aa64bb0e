package dev.parley.host.carriage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.cbor.Cbor;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.wire.OutcomeReport.Failed;
import dev.parley.protocol.wire.OutcomeReport.Outcome;
import dev.parley.protocol.wire.OutcomeReport.Refused;
import dev.parley.protocol.wire.RunClaim;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an enclave says at its door, however odd, ends its own run and nothing else: the host goes on. */
@Timeout(180)
class HostileEnclaveTest {
    private static final int CORRUPTED = 500;
    private static final Watch.Times PATIENT = new Watch.Times(Duration.ofMillis(200), Duration.ofMinutes(5));

    @TempDir
    private Path folder;

    private TestWorld world;
    private RunClaim claim;

    @BeforeEach
    void open() throws IOException {
        world = new TestWorld();
        claim = world.claim();
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aCorruptedQuestionEndsNoMoreThanItsRun() throws Exception {
        var random = new Random(11);
        List<Callable<Outcome>> runs = new ArrayList<>();
        for (var i = 0; i < CORRUPTED; i++) {
            var corrupted = corrupted(honest(i), random);
            runs.add(() -> carry(host -> sayAndLeave(host, corrupted)));
        }
        try (var workers = Executors.newFixedThreadPool(4)) {
            for (var run : workers.invokeAll(runs)) {
                run.get();
            }
        }

        assertThat(world.outcomes).hasSize(CORRUPTED);
        assertThat(world.outcomes)
                .allSatisfy(report -> assertThat(report.outcome()).isEqualTo(new Failed("ENCLAVE_LOST")));
        assertThat(carry(host -> host.end("refused", "BUDGET_EXHAUSTED"))).isEqualTo(new Refused("BUDGET_EXHAUSTED"));
    }

    private static void sayAndLeave(TestEnclaves.Asking host, byte[] question) throws IOException {
        write(host, question);
        host.door().shutdownOutput();
        var answered = 0;
        // Whatever is answered, if anything is, until the host has done with it.
        while (answered >= 0) {
            answered = host.door().read(ByteBuffer.allocate(1 << 16));
        }
    }

    @Test
    void noMoreQuestionsAreOpenThanMayBe() throws Exception {
        var asked = new AtomicInteger();
        var askedMeanwhile = new AtomicInteger();
        var over = new CountDownLatch(1);
        world.instead.put("/release/prepare", exchange -> {
            asked.incrementAndGet();
            await(over);
            exchange.close();
        });

        carry(host -> {
            for (var i = 0; i < 100; i++) {
                host.raw(prepare(i, 16));
            }
            for (var i = 0; i < 500 && asked.get() < DoorServer.MAX_OPEN; i++) {
                Thread.sleep(10);
            }
            Thread.sleep(500);
            askedMeanwhile.set(asked.get());
            over.countDown();
        });

        assertThat(askedMeanwhile).hasValue(DoorServer.MAX_OPEN);
    }

    @Test
    void anEnclaveThatOnlyAsksFillsItsOwnSocketAndNotThisHost() throws Exception {
        var over = new CountDownLatch(1);
        var taken = new AtomicLong();
        world.instead.put("/release/prepare", exchange -> {
            await(over);
            exchange.close();
        });

        carry(host -> {
            var writer = Thread.ofVirtual().start(() -> {
                try {
                    for (var i = 0; i < 60; i++) {
                        host.raw(prepare(i, 4 << 20));
                        taken.addAndGet(4 << 20);
                    }
                } catch (IOException e) {
                    // The test is over.
                }
            });
            writer.join(Duration.ofSeconds(4));
            over.countDown();
        });

        // What may be open, one question in the reader's hands, and one on its way.
        assertThat(taken).hasValueBetween(32L << 20, 76L << 20);
    }

    @Test
    void aBrokerThatSendsByteByByteIsUnreachableBeforeTheEnclaveGivesUp() throws Exception {
        var over = new CountDownLatch(1);
        world.instead.put("/release/prepare", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, 0);
            try (var out = exchange.getResponseBody()) {
                while (over.getCount() > 0) {
                    out.write('a');
                    out.flush();
                    Thread.sleep(100);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        var started = System.nanoTime();
        var outcome = carry(host -> host.endWithErrorOf(
                "prepare", Cbor.map().put("party", "retailer").put("body", Bytes.utf8("p"))));
        over.countDown();

        assertThat(outcome).isEqualTo(new Failed("BROKER_UNREACHABLE"));
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(25));
    }

    private Outcome carry(TestEnclaves.Program program) throws Exception {
        new RunCarrier(world.web, world.operator(), new TestEnclaves(folder, program), PATIENT).carry(claim);
        return world.outcomes.getLast().outcome();
    }

    private static Bytes prepare(int id, int size) {
        return Cbor.map()
                .put("party", "retailer")
                .put("body", Bytes.takeOwnershipOf(new byte[size]))
                .put("call", "prepare")
                .put("id", id)
                .build()
                .encode();
    }

    /** One of each kind of question, but for those that say how the run ended. */
    private static byte[] honest(int which) {
        var questions = List.of(
                Cbor.map().put("call", "start").put("protocol", "parley-enclave/1"),
                Cbor.map().put("call", "challenge").put("party", "retailer"),
                Cbor.map().put("call", "prepare").put("party", "retailer").put("body", Bytes.utf8("body")),
                Cbor.map()
                        .put("call", "read")
                        .put("dataset", "customers")
                        .put("offset", 0)
                        .put("length", 50),
                Cbor.map().put("call", "consistency").put("from", 1).put("to", 2),
                Cbor.map().put("call", "step").put("step", "BOOTED"));
        var question =
                questions.get(which % questions.size()).put("id", which).build().encode();
        return ByteBuffer.allocate(Integer.BYTES + question.size())
                .putInt(question.size())
                .put(question.asBuffer())
                .array();
    }

    private static byte[] corrupted(byte[] honest, Random random) {
        var copy = honest.clone();
        switch (random.nextInt(4)) {
            case 0 -> copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
            case 1 -> {
                for (var i = 0; i < 3; i++) {
                    copy[random.nextInt(copy.length)] = (byte) random.nextInt(256);
                }
            }
            case 2 -> copy = Arrays.copyOf(honest, random.nextInt(honest.length));
            default -> ByteBuffer.wrap(copy).putInt(random.nextInt());
        }
        return copy;
    }

    private static void write(TestEnclaves.Asking host, byte[] bytes) throws IOException {
        var left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            host.door().write(left);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
