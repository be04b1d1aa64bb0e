package dev.parley.enclave.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.enclave.scene.Canary;
import dev.parley.enclave.scene.Scene;
import dev.parley.enclave.scene.ScriptedHost;
import dev.parley.enclave.scene.ScriptedHost.Ending;
import dev.parley.protocol.cbor.Cbor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** At every call, each thing that a host can do to an answer without understanding it. */
@Timeout(60)
class HostileHostTest {
    private static final Scene SCENE = Scene.create();
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final List<String> CALLS =
            List.of("start", "step", "challenge", "prepare", "commit", "consistency", "read");

    /** One wrong answer; the enclave must end with one of the codes, or with the channel where there is none. */
    record Manipulation(String name, List<String> codes, ScriptedHost.Script script) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static List<Manipulation> manipulations() {
        return List.of(
                new Manipulation("drops it", List.of("HOST_TIMEOUT"), (asked, host) -> {}),
                new Manipulation("answers too late", List.of("HOST_TIMEOUT"), (asked, host) -> {
                    TimeUnit.MILLISECONDS.sleep(SHORT.toMillis() + 200);
                    host.honestly(asked);
                }),
                new Manipulation("answers twice", List.of(), (asked, host) -> {
                    var answer = host.answer(asked.call(), asked.fields())
                            .put("id", asked.id())
                            .build()
                            .encode();
                    asked.raw(answer);
                    asked.raw(answer);
                }),
                new Manipulation(
                        "answers another question",
                        List.of(),
                        (asked, host) -> asked.raw(host.answer(asked.call(), asked.fields())
                                .put("id", asked.id() + 1)
                                .build()
                                .encode())),
                new Manipulation(
                        "leaves the answer empty",
                        List.of("CHANNEL_BROKEN"),
                        (asked, host) -> asked.send(
                                asked.call().equals("step") ? Cbor.map().put("extra", 1) : Cbor.map())),
                new Manipulation(
                        "adds a member",
                        List.of("CHANNEL_BROKEN"),
                        (asked, host) -> asked.send(
                                host.answer(asked.call(), asked.fields()).put("extra", 1))),
                new Manipulation(
                        "refuses without a code",
                        List.of(),
                        (asked, host) -> asked.send(Cbor.map().put("error", "no such thing"))),
                new Manipulation(
                        "sends no map",
                        List.of(),
                        (asked, host) -> asked.raw(Cbor.of("answer").encode())),
                new Manipulation("cuts the frame", List.of(), (asked, host) -> {
                    asked.out().write(new byte[] {0, 0, 1, 0, 1});
                    asked.out().flush();
                    asked.door().close();
                }),
                new Manipulation("claims a frame of two gigabytes", List.of(), (asked, host) -> {
                    asked.out().write(new byte[] {0x7f, -1, -1, -1});
                    asked.out().flush();
                }),
                new Manipulation(
                        "hangs up", List.of(), (asked, host) -> asked.door().close()));
    }

    static Stream<Arguments> everyCallAndManipulation() {
        List<Arguments> all = new ArrayList<>();
        for (var call : CALLS) {
            manipulations().stream()
                    // For its run an enclave waits as long as there is none: the next test.
                    .filter(manipulation ->
                            !call.equals("start") || !manipulation.codes().contains("HOST_TIMEOUT"))
                    .forEach(manipulation -> all.add(Arguments.of(call, manipulation)));
        }
        return all.stream();
    }

    @ParameterizedTest(name = "at {0} {1}")
    @MethodSource("everyCallAndManipulation")
    void givesNothingToAHostThat(String call, Manipulation manipulation) throws Exception {
        var done = new AtomicBoolean();
        var host = new TestRun(SCENE)
                .patience(manipulation.codes().contains("HOST_TIMEOUT") ? SHORT : Duration.ofSeconds(10))
                .against(HostileHostTest::withConsistency, (asked, h) -> {
                    if (asked.call().equals(call) && done.compareAndSet(false, true)) {
                        manipulation.script().answer(asked, h);
                    } else {
                        h.honestly(asked);
                    }
                });

        assertThat(done).isTrue();
        requireNothing(host, manipulation.codes());
    }

    @Test
    void waitsForItsRunForAsLongAsThereIsNone() throws Exception {
        var host = new TestRun(SCENE).patience(SHORT).against((asked, h) -> {
            if (asked.call().equals("start")) {
                TimeUnit.MILLISECONDS.sleep(SHORT.toMillis() * 3);
            }
            h.honestly(asked);
        });

        assertThat(host.ending().orElseThrow()).isInstanceOf(Ending.Delivered.class);
    }

    @Test
    void waitsForItsRunNoLongerThanItsHostIsThere() throws Exception {
        var run = new TestRun(SCENE);
        run.against((asked, h) -> {
            TimeUnit.MILLISECONDS.sleep(100);
            asked.door().close();
        });

        assertThat(run.channelEnded()).contains("CHANNEL_BROKEN");
    }

    @Test
    void endsWhereTheHostReadsNothingMore() throws Exception {
        var stuck = new AtomicBoolean();
        var host = new TestRun(SCENE).patience(SHORT).against((asked, h) -> {
            if (asked.call().equals("prepare") && stuck.compareAndSet(false, true)) {
                TimeUnit.SECONDS.sleep(3);
            } else {
                h.honestly(asked);
            }
        });

        assertThat(host.ending().filter(Ending.Delivered.class::isInstance)).isEmpty();
    }

    @Test
    void aFailedReadIsTheHostsAndTriedAgainNotTheDatasFault() throws Exception {
        var reads = new AtomicInteger();
        var host = new TestRun(SCENE).against((asked, h) -> {
            if (asked.call().equals("read") && reads.incrementAndGet() > 5) {
                asked.send(Cbor.map().put("error", "OPERATOR_UNREACHABLE"));
            } else {
                h.honestly(asked);
            }
        });

        assertThat(host.ending()).contains(new Ending.Ended("failed", "OPERATOR_UNREACHABLE"));
    }

    @Test
    void deliversNothingMoreToAHostThatDoesNotAnswerTheDelivery() throws Exception {
        var host = new TestRun(SCENE).patience(SHORT).against((asked, h) -> {
            if (asked.call().equals("deliver")) {
                h.answer(asked.call(), asked.fields());
            } else if (!asked.call().equals("end")) {
                h.honestly(asked);
            }
        });

        assertThat(host.calls().stream().filter("deliver"::equals)).hasSize(1);
        assertThat(Canary.leaks(SCENE, host)).isEmpty();
    }

    private static void withConsistency(ScriptedHost host) {
        host.brokers
                .values()
                .forEach(broker -> broker.lastSeen = Optional.of(SCENE.tree().head(3)));
    }

    static void requireNothing(ScriptedHost host, List<String> codes) {
        var code = host.ending().map(ending -> ((Ending.Ended) ending).code());
        if (codes.isEmpty()) {
            assertThat(code).isEmpty();
        } else {
            assertThat(code).get().isIn(codes);
        }
        assertThat(host.calls()).doesNotContain("deliver");
        assertThat(Canary.leaks(SCENE, host)).isEmpty();
    }
}
