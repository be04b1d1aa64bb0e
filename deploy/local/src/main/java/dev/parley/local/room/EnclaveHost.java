package dev.parley.local.room;

import dev.parley.local.process.Child;
import dev.parley.local.process.Children;
import dev.parley.local.process.JavaCommand;
import dev.parley.local.process.Launch;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** The operator's agent that claims runs and launches enclaves. It can be stopped, killed and started again. */
public final class EnclaveHost {
    private static final String CLIENT = "enclave-host";

    private final Launch launch;
    private final Children children;
    private @Nullable Child process;

    private EnclaveHost(Launch launch, Children children) {
        this.launch = launch;
        this.children = children;
    }

    static EnclaveHost of(Site site, Domain operator, Logins logins, Api api, SimulatedNitro nitro, Children children)
            throws IOException {
        var realm = logins.realm(Domain.OPERATOR);
        // Written at its first use; the host reads the file, so the secret stands in no process list.
        realm.clientSecret(CLIENT);
        var line = JavaCommand.main(
                site.checkout().classPath("enclave-worker/host"),
                "dev.parley.host.Main",
                "--name",
                "local",
                "--api",
                api.address().toString(),
                "--token-endpoint",
                logins.issuer(Domain.OPERATOR) + "/protocol/openid-connect/token",
                "--client",
                CLIENT,
                "--secret-file",
                realm.secrets().file("secret." + CLIENT).toString(),
                "--platform",
                nitro.socket().toString(),
                // One run at a time on one machine: the next one finds an enclave ready.
                "--warm",
                "1");
        var log = operator.folder().folder("logs").file("host.log");
        return new EnclaveHost(Launch.of("enclave host", line, log), children);
    }

    /** Another such host, which reaches the API at another address: through something that stands between the two. */
    public EnclaveHost through(URI api) {
        var line = new ArrayList<>(launch.line());
        line.set(line.indexOf("--api") + 1, api.toString());
        return new EnclaveHost(Launch.of(launch.name(), line, launch.log()), children);
    }

    public Path log() {
        return launch.log();
    }

    public synchronized void start() throws IOException {
        if (process != null) {
            throw new IllegalStateException("the host runs");
        }
        process = children.start(launch);
    }

    public synchronized void stop() {
        if (process != null) {
            children.stop(process);
            process = null;
        }
    }

    /** As a power cut would: whatever enclave it watched is left to the platform. */
    public synchronized void kill() {
        if (process != null) {
            process.kill();
            children.stop(process);
            process = null;
        }
    }
}
