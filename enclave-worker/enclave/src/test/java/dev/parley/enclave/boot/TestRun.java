package dev.parley.enclave.boot;

import dev.parley.enclave.channel.Door;
import dev.parley.enclave.channel.Host;
import dev.parley.enclave.channel.HostError;
import dev.parley.enclave.scene.Scene;
import dev.parley.enclave.scene.ScriptedHost;
import dev.parley.enclave.scene.TestBroker;
import dev.parley.enclave.scene.TestModule;
import dev.parley.enclave.securitymodule.SecurityModule;
import dev.parley.enclave.securitymodule.SocketTransport;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.room.PartyId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Runs the enclave's real program, short of its process, against a host and a security module behind sockets. */
final class TestRun {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Scene scene;
    private final Map<PartyId, TestBroker> brokers;
    private Duration patience = PATIENCE;
    private LongSupplier nanoTime = System::nanoTime;
    private SecureRandom random = new SecureRandom();
    private Bytes moduleRandom = Bytes.copyOf(new byte[256]);
    private Optional<String> channelEnded = Optional.empty();

    TestRun(Scene scene) {
        this(scene, scene.brokers());
    }

    TestRun(Scene scene, Map<PartyId, TestBroker> brokers) {
        this.scene = scene;
        this.brokers = brokers;
    }

    TestRun patience(Duration shorter) {
        patience = shorter;
        return this;
    }

    /** The machine's clock, which counts from wherever it likes. */
    TestRun clock(LongSupplier nanos) {
        nanoTime = nanos;
        return this;
    }

    /** The enclave's generator, in a state of its own, and what its module gives as random bytes. */
    TestRun random(SecureRandom own, Bytes ofModule) {
        random = own;
        moduleRandom = ofModule;
        return this;
    }

    /** The code with which the program gave its host up, where it did. */
    Optional<String> channelEnded() {
        return channelEnded;
    }

    /** Changes what the host hands in or what it knows, before the enclave comes to its door. */
    @FunctionalInterface
    interface Preparation {
        void prepare(ScriptedHost host) throws Exception;
    }

    ScriptedHost against(ScriptedHost.Script script) throws Exception {
        return against(host -> {}, script);
    }

    ScriptedHost against(Preparation preparation, ScriptedHost.Script script) throws Exception {
        var folder = Files.createTempDirectory("run");
        var door = folder.resolve("host.sock");
        var module = folder.resolve("nsm.sock");
        try (var host = ScriptedHost.listen(door, scene, brokers, script);
                var _ = TestModule.listen(module, scene.platform(), moduleRandom)) {
            preparation.prepare(host);
            host.start();
            run(door, module);
            host.awaitEnd();
            return host;
        } finally {
            Files.deleteIfExists(door);
            Files.deleteIfExists(module);
            Files.deleteIfExists(folder);
        }
    }

    private void run(Path doorSocket, Path moduleSocket) throws IOException, InterruptedException {
        try (var door = Door.connect(doorSocket, patience);
                var transport = SocketTransport.connect(moduleSocket)) {
            new EnclaveRun(new Host(door), new SecurityModule(transport), random, nanoTime).run();
        } catch (HostError e) {
            // What the program ends with where nobody listens any more.
            channelEnded = Optional.of(e.code());
        }
    }
}
