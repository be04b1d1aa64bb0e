package dev.parley.rehearsal.room;

import static dev.parley.local.room.LocalRoom.PUBLISHER;
import static dev.parley.local.room.LocalRoom.RETAILER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.host.platform.SimulatedPlatform;
import dev.parley.host.platform.WarmEnclaves;
import dev.parley.local.room.EnclaveHost;
import dev.parley.protocol.json.Json;
import dev.parley.protocol.wire.BudgetView;
import dev.parley.protocol.wire.RunState;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A host that is killed, at whatever step, leaves no enclave behind: none that ran, none that waited. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HostKilledTest {
    private static final Duration GONE = Duration.ofSeconds(10);
    private static final Duration REACHED = Duration.ofSeconds(60);
    private static final String TEMPLATE = "campaign-reach";
    /** As often as the room's policy lets keys be released for one query, so two queries reach every step. */
    private static final List<String> EARLY =
            List.of(DeadlyRelay.CLAIMED, "BOOTED", "ATTESTED", "GRANTED", "KEYS_RELEASED", DeadlyRelay.READ, "JOINED");

    private static final List<String> LATE = List.of("GUARDED", "SEALED", DeadlyRelay.OUTCOME);

    private Rehearsed rehearsed;
    private Enclaves enclaves;
    private EnclaveHost host;
    private DeadlyRelay relay;

    @BeforeAll
    void startARoomWithoutItsHost(@TempDir Path state) throws Exception {
        rehearsed = Rehearsed.start(state);
        var operator = rehearsed.room().operator();
        operator.host().stop();
        enclaves = new Enclaves(operator.nitro());
        relay = DeadlyRelay.before(operator.api().address(), () -> host.kill());
        host = operator.host().through(relay.address());
    }

    @AfterAll
    void stopIt() {
        host.stop();
        relay.close();
        rehearsed.close();
    }

    @Test
    @Order(1)
    void aHostThatWasStoppedHasEndedItsWarmEnclave() throws Exception {
        assertThat(enclaves.allGone(GONE)).isTrue();

        host.start();
        assertThat(enclaves.any(REACHED)).isTrue();
        host.stop();

        assertThat(enclaves.allGone(GONE)).isTrue();
    }

    @Test
    @Order(2)
    void aHostThatIsKilledWhileItWaitsLeavesNoWarmEnclave() throws Exception {
        host.start();
        assertThat(enclaves.any(REACHED)).isTrue();

        host.kill();

        assertThat(enclaves.allGone(GONE)).isTrue();
    }

    @Test
    @Order(3)
    void aHostThatIsKilledAtAnyWordLeavesNoEnclave() throws Exception {
        List<String> left = new ArrayList<>();
        for (var word : EARLY) {
            left.addAll(killedAt(word, "autumn"));
        }
        for (var word : LATE) {
            left.addAll(killedAt(word, "winter"));
        }

        assertThat(left).isEmpty();
    }

    /** What was left after a kill at this word, by name. */
    private List<String> killedAt(String word, String campaign) throws Exception {
        rehearsed.ask(PUBLISHER, TEMPLATE, "campaign=" + campaign);
        relay.arm(word);
        host.start();
        if (!relay.killed(REACHED)) {
            host.kill();
            return List.of("no host said " + word);
        }
        return enclaves.allGone(GONE) ? List.of() : List.of("an enclave after " + word);
    }

    /** How far a client of the platform came before it went. */
    enum Reached {
        CONNECTED,
        HALF_A_QUESTION,
        PREPARED,
        LISTENING,
        START_ASKED,
        STARTED,
        AT_THE_DOOR
    }

    @ParameterizedTest
    @EnumSource
    @Order(4)
    void aClientThatGoesAtAnyStepOfALaunchLeavesNoEnclave(Reached last) throws Exception {
        try (var control = enclaves.control()) {
            launch(control, last);
        }

        assertThat(enclaves.allGone(GONE)).isTrue();
    }

    @Test
    @Order(5)
    void threeClientsThatSayHalfAQuestionHoldNobodyUp() throws Exception {
        List<SocketChannel> half = new ArrayList<>();
        for (var i = 0; i < 3; i++) {
            var control = enclaves.control();
            launch(control, Reached.HALF_A_QUESTION);
            half.add(control);
        }

        try (var enclave = platform().launch()) {
            assertThat(enclave.door().isOpen()).isTrue();
        }

        for (var control : half) {
            control.close();
        }
        assertThat(enclaves.allGone(GONE)).isTrue();
    }

    @Test
    @Order(6)
    void aWarmEnclaveThatIsKilledIsNotHandedOut() throws Exception {
        try (var pool = WarmEnclaves.keep(platform(), 1)) {
            awaitWarm(pool);
            var killed = enclaves.processes();
            killed.forEach(ProcessHandle::destroyForcibly);
            killed.forEach(process -> process.onExit().join());

            try (var enclave = pool.launch()) {
                assertThat(enclave.door().isOpen()).isTrue();
                assertThat(enclaves.processes()).isNotEmpty().doesNotContainAnyElementsOf(killed);
            }
        }
        assertThat(enclaves.allGone(GONE)).isTrue();
    }

    @Test
    @Order(9)
    void afterwardsAnUndisturbedRunDeliversAndEveryQueryWasChargedOnce() throws Exception {
        host.start();

        var run = rehearsed.run(PUBLISHER, TEMPLATE, "campaign=spring");

        assertThat(rehearsed.view(run).state()).isEqualTo(RunState.DELIVERED);
        for (var party : List.of(RETAILER, PUBLISHER)) {
            var charges = rehearsed.budget(party).lineages().getFirst().charges();
            assertThat(charges).hasSize(3);
            assertThat(charges).extracting(BudgetView.Charge::query).doesNotHaveDuplicates();
        }
    }

    private SimulatedPlatform platform() {
        return new SimulatedPlatform(rehearsed.room().operator().nitro().socket());
    }

    private static void awaitWarm(WarmEnclaves pool) throws InterruptedException {
        for (var i = 0; i < 6_000 && pool.waiting() == 0; i++) {
            Thread.sleep(10);
        }
        assertThat(pool.waiting()).isOne();
    }

    private void launch(SocketChannel control, Reached last) throws Exception {
        if (last == Reached.HALF_A_QUESTION) {
            control.write(ByteBuffer.wrap(new byte[] {0, 0, 0, 40, '{', '"'}));
        }
        if (last.compareTo(Reached.PREPARED) < 0) {
            return;
        }
        Enclaves.ask(control, Json.object().put("request", "launch").put("debug", false));
        var channel = Path.of(Enclaves.reply(control).string("channel"));
        if (last.compareTo(Reached.LISTENING) < 0) {
            return;
        }
        try (var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(channel));
            start(control, listener, last);
        }
    }

    private static void start(SocketChannel control, ServerSocketChannel listener, Reached last) throws Exception {
        if (last.compareTo(Reached.START_ASKED) < 0) {
            return;
        }
        Enclaves.ask(control, Json.object().put("request", "start"));
        if (last.compareTo(Reached.STARTED) < 0) {
            return;
        }
        assertThat(Enclaves.reply(control).string("reply")).isEqualTo("started");
        if (last == Reached.AT_THE_DOOR) {
            listener.accept().close();
        }
    }
}
