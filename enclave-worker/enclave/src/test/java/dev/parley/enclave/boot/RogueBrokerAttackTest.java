package dev.parley.enclave.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.enclave.scene.Canary;
import dev.parley.enclave.scene.Scene;
import dev.parley.enclave.scene.ScriptedHost;
import dev.parley.enclave.scene.ScriptedHost.Ending;
import dev.parley.policy.sample.SampleParty;
import dev.parley.protocol.crypto.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The host starts a broker of its own: the same program, the same policy, all it knows, and another key. One that takes
 * over later is {@link HostileReleaseTest}'s.
 */
@Tag("ATT-9")
@DisplayName("ATT-9: a rogue broker")
@Timeout(30)
class RogueBrokerAttackTest {
    private static final Scene SCENE = Scene.create();
    private static final SampleParty VICTIM = SCENE.room().retailer();

    /** Until the challenge the enclave says that it started and whom it asks; nothing else leaves. */
    @ParameterizedTest(name = "under {0}")
    @ValueSource(strings = {"a new key", "the party's run key", "the party's root key", "the other party's broker key"})
    void theEnclaveEndsBeforeItSendsAnything(String which) throws Exception {
        var impostor = SCENE.brokersWithAnImpostor(VICTIM, key(which));

        var host = new TestRun(SCENE, impostor).against((asked, h) -> h.honestly(asked));

        assertThat(host.ending()).contains(new Ending.Ended("refused", "CHALLENGE_REFUSED"));
        assertThat(Set.copyOf(host.calls())).isEqualTo(Set.of("start", "step", "challenge", "end"));
        assertThat(text(host)).doesNotContain("prepare/1").doesNotContain("evidence");
        assertThat(host.left().length).isLessThan(512);
        assertThat(Canary.leaks(SCENE, host)).isEmpty();
    }

    /** The control: the same program under the key that the policy names gets the run to its end. */
    @Test
    void theSameProgramUnderThePolicysKeyIsBelieved() throws Exception {
        var twin = SCENE.brokersWithAnImpostor(VICTIM, VICTIM.broker());

        var host = new TestRun(SCENE, twin).against((asked, h) -> h.honestly(asked));

        assertThat(host.ending().orElseThrow()).isInstanceOf(Ending.Delivered.class);
        assertThat(text(host)).contains("prepare/1");
    }

    private static SigningKey key(String which) {
        return switch (which) {
            case "the party's run key" -> VICTIM.run();
            case "the party's root key" -> VICTIM.root();
            case "the other party's broker key" -> SCENE.room().publisher().broker();
            default -> SigningKey.generate(new SecureRandom());
        };
    }

    private static String text(ScriptedHost host) {
        return new String(host.left(), StandardCharsets.ISO_8859_1);
    }
}
