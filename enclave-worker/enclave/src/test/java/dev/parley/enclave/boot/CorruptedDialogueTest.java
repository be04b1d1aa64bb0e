package dev.parley.enclave.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.enclave.intake.Configuration;
import dev.parley.enclave.scene.Canary;
import dev.parley.enclave.scene.Scene;
import dev.parley.enclave.scene.ScriptedHost;
import dev.parley.enclave.scene.ScriptedHost.Asked;
import dev.parley.enclave.scene.ScriptedHost.Ending;
import dev.parley.protocol.cbor.Cbor;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whole runs whose host is honest but for one answer, of which bits or bytes were changed on the way. The frames alone
 * are the business of {@code DoorTest}; here everything that a run reads out of them is what protects it.
 */
@Timeout(300)
class CorruptedDialogueTest {
    private static final Scene SCENE = Scene.create();
    private static final long SEED = 20260601;
    private static final int RUNS = Integer.getInteger("corrupted.runs", 1_000);
    /** Shorter than in production by as much as a test is: a frame that claims more bytes than come is waited for. */
    private static final Duration PATIENCE = Duration.ofMillis(400);
    /** The answers of a run up to its first reads; most end earlier, and early ones cost least. */
    private static final int ANSWERS = 18;

    /** How one run went. */
    private record Went(int run, String at, Optional<Bytes> answer, ScriptedHost host, String code, Duration time) {}

    @Test
    void noneIsAcceptedNoneHangsAndEachEndsWithACode() throws Exception {
        var seeds = new Random(SEED);
        List<Callable<Went>> runs = new ArrayList<>();
        for (var run = 0; run < RUNS; run++) {
            var number = run;
            var seed = seeds.nextLong();
            runs.add(() -> corrupted(number, new Random(seed)));
        }
        Map<String, Integer> codes = new ConcurrentSkipListMap<>();
        try (var workers = Executors.newFixedThreadPool(2)) {
            for (var went : workers.invokeAll(runs)) {
                require(went.get());
                codes.merge(went.get().at() + " " + went.get().code(), 1, Integer::sum);
            }
        }

        // Corruption was noticed by every layer that a run has, not by the first one each time.
        assertThat(codes).hasSizeGreaterThan(15);
    }

    private static void require(Went went) {
        assertThat(went.time()).as("run %d, %s", went.run(), went.at()).isLessThan(Duration.ofSeconds(20));
        assertThat(Canary.leaks(SCENE, went.host())).isEmpty();
        if (went.host().ending().orElse(null) instanceof Ending.Delivered) {
            assertThat(went.at()).as("run %d", went.run()).isEqualTo("start");
            assertThat(isAnotherHonestStart(went.answer().orElseThrow()))
                    .as("run %d, %s", went.run(), went.answer())
                    .isTrue();
        } else {
            assertThat(went.code()).as("run %d, %s", went.run(), went.at()).matches("[A-Z][A-Z0-9_]+");
        }
    }

    /** A configuration is the host's to choose: a corrupted one that still is one asks for another speed, nothing else. */
    private static boolean isAnotherHonestStart(Bytes answer) {
        try {
            var fields = Cbor.parse(answer, 4).asDict().fields();
            Configuration.parse(fields.octets("configuration"));
            var honest = SCENE.bundle().canonical();
            return fields.octets("bundle").equals(honest);
        } catch (Malformed e) {
            return false;
        }
    }

    private static Went corrupted(int number, Random random) throws Exception {
        // The further into a run, the more it costs: answers are picked from the front more often.
        var target = (int) (ANSWERS * Math.pow(random.nextDouble(), 3));
        var answers = new AtomicInteger();
        var at = new String[] {"none"};
        var sent = new Bytes[1];
        var run = new TestRun(SCENE).patience(PATIENCE);
        var started = System.nanoTime();
        var host = run.against(CorruptedDialogueTest::withConsistency, (asked, h) -> {
            if (answers.getAndIncrement() == target) {
                at[0] = asked.call();
                sent[0] = corrupt(asked, h, random);
            } else {
                h.honestly(asked);
            }
        });
        var time = Duration.ofNanos(System.nanoTime() - started);
        var code = host.ending()
                .filter(Ending.Ended.class::isInstance)
                .map(ended -> ((Ending.Ended) ended).code())
                .or(run::channelEnded);
        return new Went(number, at[0], Optional.ofNullable(sent[0]), host, code.orElse(""), time);
    }

    private static Bytes corrupt(Asked asked, ScriptedHost host, Random random) throws Exception {
        var honest = host.answer(asked.call(), asked.fields())
                .put("id", asked.id())
                .build()
                .encode();
        var framed = ByteBuffer.allocate(Integer.BYTES + honest.size())
                .putInt(honest.size())
                .put(honest.asBuffer())
                .array();
        var corrupted = random.nextInt(3) == 0 ? structurally(honest.toArray(), random) : bits(framed, random);
        try {
            asked.out().write(corrupted);
            asked.out().flush();
        } catch (IOException e) {
            // The enclave had seen enough.
        }
        return Bytes.copyOf(ByteBuffer.wrap(corrupted, Integer.BYTES, corrupted.length - Integer.BYTES));
    }

    /** One bit, or a few bytes, anywhere in the frame or its length. */
    private static byte[] bits(byte[] framed, Random random) {
        var copy = framed.clone();
        if (random.nextBoolean()) {
            copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
        } else {
            for (var i = 0; i < 3; i++) {
                var at = random.nextInt(copy.length);
                copy[at] = (byte) (framed[at] + 1 + random.nextInt(255));
            }
        }
        return copy;
    }

    /** A frame of the right length whose content was cut, doubled, moved or filled. */
    private static byte[] structurally(byte[] honest, Random random) {
        var at = random.nextInt(honest.length);
        var length = 1 + random.nextInt(Math.min(64, honest.length - at));
        var piece = ByteBuffer.wrap(honest, at, length);
        var changed = ByteBuffer.allocate(Integer.BYTES + honest.length + 64).position(Integer.BYTES);
        changed.put(honest, 0, at);
        switch (random.nextInt(4)) {
            case 0 -> changed.put(honest, at + length, honest.length - at - length);
            case 1 -> changed.put(piece).put(honest, at, honest.length - at);
            case 2 -> {
                var noise = new byte[length];
                random.nextBytes(noise);
                changed.put(noise).put(honest, at, honest.length - at);
            }
            default -> {
                // Two bytes that differ change places: the multiset of bytes stays what it was.
                var copy = honest.clone();
                var other = at;
                while (copy[other] == copy[at]) {
                    other = (other + 1) % copy.length;
                    if (other == at) {
                        copy[at]++;
                    }
                }
                var byteThere = copy[other];
                copy[other] = copy[at];
                copy[at] = byteThere;
                changed.position(Integer.BYTES).put(copy);
            }
        }
        changed.putInt(0, changed.position() - Integer.BYTES);
        var bytes = new byte[changed.position()];
        changed.flip().get(bytes);
        return bytes;
    }

    private static void withConsistency(ScriptedHost host) {
        host.brokers
                .values()
                .forEach(broker -> broker.lastSeen = Optional.of(SCENE.tree().head(3)));
    }
}
