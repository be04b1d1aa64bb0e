package dev.parley.enclave.boot;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.enclave.scene.Canary;
import dev.parley.enclave.scene.Scene;
import dev.parley.enclave.scene.ScriptedHost;
import dev.parley.enclave.scene.ScriptedHost.Ending;
import dev.parley.policy.sample.SampleRoom;
import dev.parley.protocol.cbor.Cbor;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.room.PartyId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The machine tells the enclave another time. It has none of its own to be wrong: that measured code asks no clock is
 * tested with the architecture; here its one counter is shifted, and old statements of the brokers are shown again.
 */
@Tag("ATT-11")
@DisplayName("ATT-11: false time for the enclave")
@Timeout(60)
class FalseTimeAttackTest {
    private static final Scene SCENE = Scene.create();

    /** The clock of this machine is years off the room's time as it is, and the run is as good as any. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"-P1D", "PT0S", "P1D"})
    void aShiftedCounterChangesNothing(Duration shift) throws Exception {
        assertThat(Duration.between(Scene.NOW, Instant.now()).abs()).isGreaterThan(Duration.ofDays(1));

        var host = new TestRun(SCENE)
                .clock(() -> System.nanoTime() + shift.toNanos())
                .against((asked, h) -> h.honestly(asked));

        assertThat(host.ending().orElseThrow()).isInstanceOf(Ending.Delivered.class);
    }

    /** Whatever the machine says: the brokers say that the policy ended. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"-P1D", "PT0S", "P1D"})
    void anExpiredPolicyStaysExpired(Duration shift) throws Exception {
        var host = new TestRun(SCENE)
                .clock(() -> System.nanoTime() + shift.toNanos())
                .against(
                        h -> h.brokers.values().forEach(broker -> broker.now = SampleRoom.UNTIL),
                        (asked, h) -> h.honestly(asked));

        assertThat(host.ending()).contains(new Ending.Ended("refused", "BUNDLE_EXPIRED"));
        assertThat(host.calls()).doesNotContain("prepare", "commit", "read", "deliver");
    }

    /** The host kept challenges of a time when all was in force. The enclave cannot tell; no broker answers to them. */
    @Test
    void challengesThatWereHeldBackGetNoKeys() throws Exception {
        Map<PartyId, Jws> kept = new HashMap<>();
        var runRequest = new Jws[1];
        new TestRun(SCENE).against(h -> runRequest[0] = h.handed.runRequest(), (asked, h) -> {
            if (asked.call().equals("challenge")) {
                var party = PartyId.parse(asked.fields().text("party"));
                kept.put(party, h.broker(asked.fields()).challenge(h.handed.runRequest()));
            }
            h.honestly(asked);
        });

        var host = new TestRun(SCENE)
                .against(
                        h -> h.handed = h.handed.withRunRequest(requireNonNull(runRequest[0])),
                        (asked, h) -> answer(asked, h, kept));

        assertThat(host.ending()).contains(new Ending.Ended("refused", "EVIDENCE_REFUSED"));
        assertThat(host.calls()).doesNotContain("commit", "read", "deliver");
        assertThat(Canary.leaks(SCENE, host)).isEmpty();
    }

    /** One kept challenge beside a fresh one of the other party. */
    @Test
    void challengesOfTwoTimesDoNotGoTogether() throws Exception {
        var host = new TestRun(SCENE)
                .against(
                        h -> requireNonNull(
                                        h.brokers.get(SCENE.room().retailer().id()))
                                .now = Scene.NOW.minus(Duration.ofDays(1)),
                        (asked, h) -> h.honestly(asked));

        assertThat(host.ending()).contains(new Ending.Ended("failed", "CHALLENGES_TOO_FAR_APART"));
    }

    private static void answer(ScriptedHost.Asked asked, ScriptedHost host, Map<PartyId, Jws> kept) throws Exception {
        if (asked.call().equals("challenge")) {
            var old = requireNonNull(kept.get(PartyId.parse(asked.fields().text("party"))));
            asked.send(Cbor.map().put("challenge", old.compact()));
        } else {
            host.honestly(asked);
        }
    }
}
