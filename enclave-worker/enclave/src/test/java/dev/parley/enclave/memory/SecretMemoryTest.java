package dev.parley.enclave.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.enclave.kernel.Kernel;
import dev.parley.enclave.kernel.SystemCall;
import dev.parley.enclave.memory.SecretMemory.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SecretMemoryTest {
    private static final Kernel KERNEL = Kernel.ofThisMachine();

    @Test
    void movesASecretInAndGivesCopiesUntilItIsClosed() throws Exception {
        try (var memory = SecretMemory.open(KERNEL)) {
            var given = bytes(32, 7);

            var secret = memory.keep(given);

            assertThat(given).containsOnly(0);
            assertThat(secret.exportSecret()).isEqualTo(bytes(32, 7));
            Arrays.fill(secret.exportSecret(), (byte) 9);
            assertThat(secret.exportSecret()).isEqualTo(bytes(32, 7));
            secret.close();
            secret.close();
            assertThatThrownBy(secret::exportSecret).isInstanceOf(IllegalStateException.class);
            assertThat(secret.toString()).isEqualTo("Secret[redacted]");
        }
    }

    @Test
    void keepsManySecretsApart() throws Exception {
        try (var memory = SecretMemory.open(KERNEL)) {
            List<Secret> secrets = new ArrayList<>();
            for (int i = 0; i < 5_000; i++) {
                secrets.add(memory.keep(bytes(1 + i % 48, i)));
            }
            secrets.get(2_500).close();

            for (int i = 0; i < 5_000; i++) {
                if (i != 2_500) {
                    assertThat(secrets.get(i).exportSecret()).isEqualTo(bytes(1 + i % 48, i));
                }
            }
        }
    }

    @Test
    void givesNothingAfterItIsClosedAndTheMachineItsPagesBack() throws Exception {
        long before = secretMappings();
        var memory = SecretMemory.open(KERNEL);
        var secret = memory.keep(bytes(32, 1));

        memory.close();
        memory.close();

        assertThatThrownBy(secret::exportSecret).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> memory.keep(bytes(1, 1))).isInstanceOf(IllegalStateException.class);
        secret.close();
        assertThat(secretMappings()).isEqualTo(before);
    }

    @Test
    void takesTheStrongestProtectionThereIsAndSaysWhich() throws Exception {
        var descriptor = KERNEL.call(SystemCall.MEMFD_SECRET, 0);
        if (!descriptor.failed()) {
            KERNEL.call(SystemCall.CLOSE, descriptor.value());
        }

        assertThat(protection(KERNEL) == Protection.SECRET_MAPPING).isEqualTo(!descriptor.failed());
        // How much may be locked is the machine's to say.
        assertThat(protection(PoorKernel.without(SystemCall.MEMFD_SECRET)))
                .isIn(Protection.LOCKED, Protection.OUT_OF_DUMPS);
        assertThat(protection(PoorKernel.without(SystemCall.FTRUNCATE)))
                .isIn(Protection.LOCKED, Protection.OUT_OF_DUMPS);
        assertThat(protection(PoorKernel.without(SystemCall.MEMFD_SECRET, SystemCall.MLOCK)))
                .isEqualTo(Protection.OUT_OF_DUMPS);
    }

    @Test
    void refusesToKeepWhatWouldStandInDumps() throws Exception {
        var kernel = PoorKernel.without(SystemCall.MEMFD_SECRET, SystemCall.MADVISE);

        assertThatThrownBy(() -> SecretMemory.open(kernel)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> SecretMemory.open(PoorKernel.without(SystemCall.MEMFD_SECRET, SystemCall.MMAP)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void keepsSecretsUnderEveryProtection() throws Exception {
        var kernel = PoorKernel.without(SystemCall.MEMFD_SECRET, SystemCall.MLOCK);
        try (var memory = SecretMemory.open(kernel)) {
            assertThat(memory.keep(bytes(48, 3)).exportSecret()).isEqualTo(bytes(48, 3));
        }
    }

    @Test
    void refusesSizesThatNoSecretHas() throws Exception {
        try (var memory = SecretMemory.open(KERNEL)) {
            assertThatThrownBy(() -> memory.keep(new byte[0])).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> memory.keep(new byte[1 << 20])).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static Protection protection(Kernel kernel) throws IOException {
        try (var memory = SecretMemory.open(kernel)) {
            return memory.protection();
        }
    }

    private static long secretMappings() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/self/maps"))) {
            return lines.filter(line -> line.contains("secretmem")).count();
        }
    }

    private static byte[] bytes(int size, int value) {
        var bytes = new byte[size];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
