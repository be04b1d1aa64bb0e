package dev.parley.enclave.boot;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.enclave.scene.Scene;
import dev.parley.enclave.scene.ScriptedHost;
import dev.parley.protocol.crypto.SealingKey;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.release.Grant;
import java.security.SecureRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two enclaves that woke up from one snapshot: their generators are in the same state. */
@Tag("ATT-12")
@Timeout(30)
class ClonedMachineTest {
    private static final Scene SCENE = Scene.create();

    @Test
    void makesAnotherKeyThanItsTwinSinceTheModuleTellsThemApart() throws Exception {
        var one = key(copied(), Bytes.utf8("what the module of the one gives"));
        var other = key(copied(), Bytes.utf8("what the module of the other gives"));

        assertThat(one).isNotEqualTo(other);
    }

    @Test
    void wouldMakeTheSameKeyAsItsTwinWereItNotForTheModule() throws Exception {
        var same = Bytes.utf8("what a module gave that was copied too");

        assertThat(key(copied(), same)).isEqualTo(key(copied(), same));
    }

    private static SealingKey key(SecureRandom random, Bytes ofModule) throws Exception {
        var host = new TestRun(SCENE).random(random, ofModule).against((asked, h) -> h.honestly(asked));
        assertThat(host.ending()).containsInstanceOf(ScriptedHost.Ending.Delivered.class);
        var retailer = SCENE.room().retailer();
        var grant = requireNonNull(host.said().get("grant " + retailer.id().value()));
        return Grant.read(grant, retailer.broker().verificationKey()).enclaveKey();
    }

    /** A generator that gives nothing but what its state says. */
    private static SecureRandom copied() throws Exception {
        var random = SecureRandom.getInstance("SHA1PRNG");
        random.setSeed(42);
        return random;
    }
}
