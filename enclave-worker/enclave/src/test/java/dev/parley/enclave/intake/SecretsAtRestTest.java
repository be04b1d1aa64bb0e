package dev.parley.enclave.intake;

import static dev.parley.protocol.release.ReleaseScene.RETAILER;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.parley.enclave.kernel.Kernel;
import dev.parley.enclave.memory.Protection;
import dev.parley.enclave.memory.SecretMemory;
import dev.parley.protocol.crypto.OpeningKey;
import dev.parley.protocol.crypto.SealingKey;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.release.Grant;
import dev.parley.protocol.release.Grants;
import dev.parley.protocol.release.Release;
import dev.parley.protocol.release.ReleaseScene;
import dev.parley.protocol.release.ReleaseSecrets;
import dev.parley.protocol.room.DatasetId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Released secrets before their use, looked for by somebody who may trace the process: root, or its own user. */
@Timeout(60)
final class SecretsAtRestTest {
    private static final DatasetId CUSTOMERS = new DatasetId("customers");

    private final ReleaseScene scene = new ReleaseScene();
    private final byte[] datasetKey = random(32);
    private final byte[] seed = scene.seed(RETAILER).exportSecret();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void areNowhereThatAnotherProcessCanRead() throws Exception {
        try (var enclave = new Holding("real")) {
            assumeTrue(enclave.protection == Protection.SECRET_MAPPING, "this kernel has no secret mappings");
            var memory = enclave.memory();
            assertThat(memory.hasSecretMapping()).isTrue();
            assertThat(memory.showsSecretMapping()).isFalse();
            assertThat(memory.count(datasetKey)).isZero();
            assertThat(memory.count(seed)).isZero();
            assertThat(memory.count(Base64.getUrlEncoder().withoutPadding().encode(seed)))
                    .isZero();

            enclave.say("plant");

            assertThat(enclave.hear()).isEqualTo("planted");
            assertThat(memory.count(seed)).isPositive();
        }
    }

    @Test
    void areSeenFromOutsideWhereTheKernelHasNoSecretMappings() throws Exception {
        try (var enclave = new Holding("poor")) {
            assertThat(enclave.protection).isNotEqualTo(Protection.SECRET_MAPPING);
            var memory = enclave.memory();

            assertThat(memory.hasSecretMapping()).isFalse();
            assertThat(memory.count(datasetKey)).isEqualTo(1);
            assertThat(memory.count(seed)).isEqualTo(1);
        }
    }

    @Test
    void includeTheEnclavesOwnKeyOfWhichNoLiveObjectIsLeft() throws Exception {
        var masked = masked(OpeningKey.generate(repeating()).exportSecret());
        try (var memory = SecretMemory.open(Kernel.ofThisMachine());
                var key = EnclaveKey.generate(repeating(), memory)) {
            assertThat(liveObjectsHold(masked)).isFalse();

            var held = OpeningKey.generate(repeating());

            assertThat(held.sealingKey()).isEqualTo(key.sealingKey());
            assertThat(liveObjectsHold(masked)).isTrue();
            assertThat(held.exportSecret()).hasSize(32);
        }
    }

    /** A generator that gives the same bytes each time. */
    private static SecureRandom repeating() throws NoSuchAlgorithmException {
        var random = SecureRandom.getInstance("SHA1PRNG");
        random.setSeed(11);
        return random;
    }

    /** What can be looked for without being there. */
    private static byte[] masked(byte[] secret) {
        for (int i = 0; i < secret.length; i++) {
            secret[i] = (byte) ~secret[i];
        }
        return secret;
    }

    /** In a dump of all objects that anything still refers to; numbers stand there in the order of their bytes. */
    private boolean liveObjectsHold(byte[] masked) throws IOException {
        var dump = folder.resolve("heap-" + System.nanoTime() + ".hprof");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(dump.toString(), true);
        try (var in = Files.newInputStream(dump)) {
            var bytes = new byte[1 << 20];
            int kept = 0;
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes, kept, bytes.length - kept)) {
                int size = kept + read;
                for (int i = 0; i + masked.length <= size; i++) {
                    if (matches(bytes, i, masked)) {
                        return true;
                    }
                }
                kept = Math.min(size, masked.length - 1);
                System.arraycopy(bytes, size - kept, bytes, 0, kept);
            }
            return false;
        } finally {
            Files.delete(dump);
        }
    }

    private static boolean matches(byte[] bytes, int at, byte[] masked) {
        for (int i = 0; i < masked.length; i++) {
            if (bytes[at + i] != (byte) ~masked[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] random(int size) {
        var bytes = new byte[size];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    /** A process with the retailer's secrets released to it. */
    private final class Holding implements AutoCloseable {
        private final Process process;
        private final BufferedReader out;
        private final PrintStream in;
        private final Protection protection;

        Holding(String kernel) throws Exception {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Xmx64m",
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            HoldingEnclave.class.getName(),
                            kernel)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
            in = new PrintStream(process.getOutputStream(), true, StandardCharsets.US_ASCII);
            release(SealingKey.parsePoint(Bytes.parseHex(hear())));
            protection = Protection.valueOf(hear());
        }

        private void release(SealingKey key) throws Exception {
            var broker = scene.broker(RETAILER);
            var promised = scene.grant(RETAILER);
            var grant = new Grant(
                            RETAILER,
                            promised.run(),
                            key,
                            promised.seedCommitment(),
                            promised.charge(),
                            promised.expires())
                    .sign(broker);
            var grants = Grants.verify(List.of(grant), Map.of(RETAILER, broker.verificationKey()));
            var secrets = ReleaseSecrets.takeOwnershipOf(scene.seed(RETAILER), Map.of(CUSTOMERS, datasetKey.clone()));
            say(RETAILER.value());
            say(new String(broker.verificationKey().jwk().canonical().toArray(), StandardCharsets.US_ASCII));
            say(grant.compact());
            say(Release.seal(RETAILER, grants, secrets).sign(broker).compact());
        }

        ProcessMemory memory() {
            return new ProcessMemory(process.pid());
        }

        void say(String line) {
            in.println(line);
        }

        String hear() throws IOException {
            return requireNonNull(out.readLine());
        }

        @Override
        public void close() {
            in.close();
            process.destroyForcibly().onExit().join();
        }
    }
}
