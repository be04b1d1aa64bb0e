package dev.parley.simulator;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.protocol.attestation.Measurement;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import dev.parley.simulator.probe.ProbeImage;
import dev.parley.simulator.sandbox.Layer;
import dev.parley.simulator.sandbox.Sandboxes;
import dev.parley.simulator.sandbox.WorkFolder;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class MainTest {
    private static final Json.Obj LAUNCH = Json.object()
            .put("parley", "platform/1")
            .put("request", "launch")
            .put("debug", false)
            .build();

    private static Path common = Path.of("");
    private static @Nullable PlatformProcess shared;

    private Path folder = Path.of("");

    @BeforeAll
    static void startShared() throws Exception {
        assumeTrue(System.getProperty("os.name", "").equals("Linux"), "the platform runs on Linux only");
        common = reachableFolder();
        shared = started(common);
    }

    @AfterAll
    static void stopShared() throws IOException {
        if (shared != null) {
            shared.close();
        }
        WorkFolder.delete(common);
    }

    @BeforeEach
    void create() throws IOException {
        folder = reachableFolder();
    }

    @AfterEach
    void delete() throws IOException {
        WorkFolder.delete(folder);
    }

    /** Enclaves run as other users: they must be able to pass. */
    private static Path reachableFolder() throws IOException {
        var folder = Files.createTempDirectory("parley-test-");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        return folder;
    }

    private static PlatformProcess shared() {
        return requireNonNull(shared);
    }

    @Test
    void launchesTheMeasuredImageAndEndsItWithTheConnection() throws Exception {
        var expected = ProbeImage.image().measurement();
        SocketChannel door;

        try (var client = shared().connect()) {
            var enclave = client.launch(false);
            door = enclave.accept();
            assertThat(Measurement.read(enclave.started().object("measurement")))
                    .isEqualTo(expected);
            assertThat(enclave.started().bool("debug")).isFalse();
            assertThat(enclave.started().string("role"))
                    .startsWith("arn:sim:iam::000000000000:role/parley-enclave-host/isolation/");
            assertThat(enclave.id()).matches("i-[0-9a-f]{17}-enc[0-9a-f]{16}");
            assertThat(PlatformClient.report(door))
                    .contains("pcr0=" + expected.pcr0().hex());
        }

        assertEnds(door);
    }

    @Test
    void showsZerosForTheMeasurementOfADebugEnclave() throws Exception {
        try (var client = shared().connect()) {
            var enclave = client.launch(true);

            assertThat(enclave.started().bool("debug")).isTrue();
            assertThat(PlatformClient.report(enclave.accept())).contains("pcr0=" + "00".repeat(48));
        }
    }

    @Test
    void handsTheDoorOverToAUserOfItsOwn() throws Exception {
        assumeTrue(Sandboxes.isRoot(), "only root can start a program as another user");
        try (var client = shared().connect();
                var other = shared().connect()) {
            var first = client.launch(false);
            var second = other.launch(false);

            assertThat(ownerOf(first)).isGreaterThan(Sandboxes.FIRST_USER).isNotEqualTo(ownerOf(second));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(doorOf(first))))
                    .isEqualTo("rw-------");
            first.accept().close();
            second.accept().close();
        }
    }

    private static int ownerOf(PlatformClient.LaunchedEnclave enclave) throws IOException {
        return (int) Files.getAttribute(doorOf(enclave), "unix:uid");
    }

    private static Path doorOf(PlatformClient.LaunchedEnclave enclave) throws IOException {
        return ((UnixDomainSocketAddress) enclave.server().getLocalAddress()).getPath();
    }

    @Test
    void endsEnclavesWhenItIsKilled() throws Exception {
        try (var platform = started(folder);
                var client = platform.connect()) {
            var door = client.launch(false).accept();
            PlatformClient.report(door);

            platform.kill();

            assertEnds(door);
        }
    }

    @Test
    void endsAnEnclaveOnRequestAndSaysSo() throws Exception {
        try (var client = shared().connect()) {
            var door = client.launch(false).accept();
            PlatformClient.report(door);

            var ended = client.ask("terminate");

            ended.require("reply", "ended");
            assertThat(ended.integer("exit")).isNotZero();
            assertEnds(door);
        }
    }

    @Test
    void keepsItsRootFromStartToStart() throws Exception {
        Bytes root;
        try (var platform = started(folder);
                var client = platform.connect()) {
            root = client.ask("describe").bytes("root");
        }

        try (var platform = started(folder);
                var client = platform.connect()) {
            assertThat(client.ask("describe").bytes("root")).isEqualTo(root);
        }
        assertThat(Bytes.copyOf(Files.readAllBytes(folder.resolve("state/root.der"))))
                .isEqualTo(root);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("state/pki/root.jwk"))))
                .isEqualTo("rw-------");
    }

    @Test
    void refusesRequestsThatDoNotFit() throws Exception {
        try (var client = shared().connect()) {
            assertThat(client.ask("start").string("code")).isEqualTo("PLATFORM_NO_ENCLAVE");
            assertThat(client.ask("open-sesame").string("code")).isEqualTo("PLATFORM_REQUEST_MALFORMED");
            client.ask(LAUNCH).require("reply", "prepared");
            assertThat(client.ask(LAUNCH).string("code")).isEqualTo("PLATFORM_ENCLAVE_EXISTS");
            assertThat(client.ask("start").string("code")).isEqualTo("PLATFORM_NOT_LISTENING");
        }
    }

    @Test
    void namesTheIsolationAndThatItIsSimulated() throws Exception {
        try (var client = shared().connect()) {
            var description = client.ask("describe");

            description.require("trustDomain", "simulated");
            assertThat(description.string("isolation").contains("no-dedicated-user"))
                    .isNotEqualTo(Sandboxes.isRoot());
            assertThat(shared().announcement().getFirst()).contains("SIMULATED");
        }
    }

    @Test
    void tellsWhichLayersAreInForceAndWhichEnclavesThereAre() throws Exception {
        var client = shared().connect();
        try (var other = shared().connect()) {
            var enclave = client.launch(true);

            var described = other.ask("describe");
            var layers = described.objects("layers", layer -> layer.string("name") + "=" + layer.bool("inForce"));
            assertThat(layers)
                    .hasSize(Layer.values().length)
                    .contains("namespaces=true", "inner-filter=true", "dedicated-user=" + Sandboxes.isRoot());
            assertThat(shared().announcement().stream().filter(line -> line.contains(": layer ")))
                    .hasSameSizeAs(layers);
            assertThat(running(described)).contains(enclave.id() + " running true");
            var door = doorOf(enclave);
            var user = ownerOf(enclave);
            enclave.accept().close();
            client.close();
            assertGone(other, enclave.id());
            assertThat(door.getParent()).doesNotExist();
            assertThat(Sandboxes.isRoot() ? processesOf(user) : List.of()).isEmpty();
        }
    }

    /** What stands between the end of an enclave and the next one of its user. */
    private static List<Long> processesOf(int user) {
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> user == owner(Path.of("/proc/" + pid + "/status")))
                .toList();
    }

    private static int owner(Path status) {
        try {
            var line = Files.readAllLines(status).stream()
                    .filter(l -> l.startsWith("Uid:"))
                    .findFirst();
            return Integer.parseInt(line.orElseThrow().split("\t", 3)[1]);
        } catch (IOException e) {
            // Gone meanwhile.
            return -1;
        }
    }

    private static List<String> running(Fields described) throws Malformed {
        return described.objects(
                "enclaves", each -> each.string("enclaveId") + " " + each.string("state") + " " + each.bool("debug"));
    }

    private static void assertGone(PlatformClient client, String id) throws Exception {
        for (var tries = 0; tries < 100; tries++) {
            if (running(client.ask("describe")).stream().noneMatch(line -> line.startsWith(id))) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new AssertionError("the enclave is still there");
    }

    @Test
    void neverStartsAnEnclaveTwice() throws Exception {
        try (var client = shared().connect()) {
            var enclave = client.launch(false);
            var door = enclave.accept();
            PlatformClient.report(door);

            assertThat(client.ask("start").string("code")).isEqualTo("PLATFORM_ENCLAVE_EXISTS");
            // The probe ends with its door, as the enclave does after its one run.
            door.close();
            client.read().require("reply", "ended");
            assertThat(client.ask("start").string("code")).isEqualTo("PLATFORM_ENCLAVE_EXISTS");
            assertThat(client.ask(LAUNCH).string("code")).isEqualTo("PLATFORM_ENCLAVE_EXISTS");
        }
    }

    @Test
    void refusesASecondPlatformOnTheSameState() throws Exception {
        try (var second = PlatformProcess.start(common)) {
            assertThat(second.announcement()).singleElement().asString().contains("another platform runs");
        }
    }

    @Test
    void refusesADamagedImage() throws Exception {
        var damaged = folder.resolve("damaged.eif");
        var bytes = Files.readAllBytes(ProbeImage.file());
        bytes[bytes.length / 2] ^= 1;
        Files.write(damaged, bytes);

        var process = PlatformProcess.command(
                        "--state", folder.resolve("state").toString(),
                        "--image", damaged.toString(),
                        "--socket", folder.resolve("s").toString(),
                        "--work", folder.resolve("work").toString())
                .redirectErrorStream(true)
                .start();

        assertThat(process.inputReader().readLine()).contains("checksum");
        assertThat(process.waitFor()).isEqualTo(Failure.BAD_IMAGE);
    }

    private static PlatformProcess started(Path folder) throws Exception {
        var platform = PlatformProcess.start(folder);
        if (!platform.isReady()) {
            platform.close();
        }
        assumeTrue(platform.isReady(), () -> "no platform here: " + platform.announcement());
        return platform;
    }

    /** The kernel closes the door when the last process behind it is gone. */
    private static void assertEnds(SocketChannel door) throws Exception {
        var end = Thread.ofVirtual().start(() -> {
            try (door) {
                while (door.read(ByteBuffer.allocate(1)) >= 0) {
                    Thread.onSpinWait();
                }
            } catch (IOException e) {
                return;
            }
        });
        assertThat(end.join(java.time.Duration.ofMillis(TimeUnit.SECONDS.toMillis(10))))
                .isTrue();
    }
}
