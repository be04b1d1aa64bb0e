package dev.parley.enclave.boot;

import dev.parley.enclave.channel.Door;
import dev.parley.enclave.channel.Host;
import dev.parley.enclave.securitymodule.SecurityModule;
import dev.parley.protocol.encoding.Malformed;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import org.bouncycastle.crypto.CryptoServicesRegistrar;

/** The enclave's program. Takes no arguments and no environment; prints nothing. Exit codes: 0 ended in order, 1 not. */
public final class Main {
    private static final Path DOOR = Path.of("/run/enclave/host.sock");
    private static final Path DEVICE = Path.of("/dev/nsm");
    private static final Path SIMULATED_MODULE = Path.of("/run/enclave/nsm.sock");
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private Main() {}

    public static void main(String[] args) {
        // A stack trace is a message too, and there is no one whom it could be shown to.
        Thread.setDefaultUncaughtExceptionHandler((thread, trouble) -> {});
        System.exit(run() ? 0 : 1);
    }

    private static boolean run() {
        try (var transport = SecurityModule.connect(DEVICE, SIMULATED_MODULE)) {
            var securityModule = new SecurityModule(transport);
            var random = random(securityModule);
            Preparation.run(random);
            try (var door = Door.connect(DOOR, PATIENCE)) {
                new EnclaveRun(new Host(door), securityModule, random, System::nanoTime).run();
            }
            return true;
        } catch (Exception | Error e) {
            // There is no one to tell: the host reads the end of the channel, and a message could carry a value.
            return false;
        }
    }

    /** What every key of this process is made with, also those that a library makes. */
    private static SecureRandom random(SecurityModule securityModule) throws IOException, Malformed {
        var random = new SecureRandom();
        // A clone of a machine shares its generator's state; the module's randomness is its own.
        securityModule.mixInto(random);
        CryptoServicesRegistrar.setSecureRandom(random);
        return random;
    }
}
