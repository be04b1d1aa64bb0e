package dev.parley.simulator;

import dev.parley.image.eif.EnclaveImage;
import dev.parley.image.signing.LoadableImage;
import dev.parley.image.signing.SignatureRefused;
import dev.parley.protocol.attestation.Pcrs;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.simulator.hypervisor.ControlServer;
import dev.parley.simulator.hypervisor.Platform;
import dev.parley.simulator.sandbox.Layer;
import dev.parley.simulator.sandbox.NoIsolation;
import dev.parley.simulator.sandbox.Sandboxes;
import dev.parley.simulator.sandbox.UnpackedImage;
import dev.parley.simulator.sandbox.WorkFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs the simulated Nitro until it is told to stop. See {@link Options} for how to start it. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        try {
            run(Options.parse(List.of(arguments)));
        } catch (Failure e) {
            end(e.exit(), e.getMessage());
        } catch (NoIsolation e) {
            end(Failure.NO_ISOLATION, e.getMessage());
        } catch (Malformed | SignatureRefused e) {
            end(Failure.BAD_IMAGE, e.getMessage());
        } catch (IOException e) {
            end(Failure.INPUT_OUTPUT, e.toString());
        }
    }

    private static void run(Options options) throws Failure, NoIsolation, Malformed, SignatureRefused, IOException {
        try (var installation = Installation.open(options.state())) {
            var random = new SecureRandom();
            var clock = InstantSource.system();
            var identity = installation.identity(random, clock, options.form());
            WorkFolder.renew(options.work());
            var image = UnpackedImage.unpack(
                    LoadableImage.judge(EnclaveImage.read(options.image()), clock.instant()),
                    options.work().resolve("image"));
            var doors = Files.createDirectory(options.work().resolve("e"));
            Files.setPosixFilePermissions(doors, PosixFilePermissions.fromString("rwx--x--x"));
            var sandbox = Sandboxes.best(image, options.work(), options.accepted());
            var platform = new Platform(sandbox, identity, doors, random, clock);
            var server = ControlServer.listen(platform, options.socket());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, options)));
            announce(platform);
            server.serve();
        }
    }

    /** The one thing that is said: which platform this is, and how well it protects. */
    private static void announce(Platform platform) {
        System.out.println("simulator: SIMULATED Nitro, by "
                + platform.sandbox().isolation().text());
        if (!platform.sandbox().isolation().inForce(Layer.DEDICATED_USER)) {
            System.out.println(
                    "simulator: this user can read the memory of its enclaves; start as root to change that");
        }
        for (var layer : Layer.values()) {
            var inForce = platform.sandbox().isolation().inForce(layer);
            System.out.println("simulator: layer " + layer.wireName() + ": "
                    + (inForce ? "in force" : "MISSING, and accepted") + " (" + layer.text() + ")");
        }
        System.out.println(
                "simulator: root " + platform.identity().root().fingerprint().hex());
        System.out.println("simulator: PCR0 "
                + platform.sandbox().image().measurement().pcr0().hex());
        if (!platform.sandbox().image().registers().pcr8().equals(Pcrs.zero())) {
            System.out.println("simulator: PCR8 "
                    + platform.sandbox().image().registers().pcr8().hex());
        }
        System.out.println("simulator: ready");
    }

    private static void stop(ControlServer server, Options options) {
        try {
            server.close();
            Files.deleteIfExists(options.socket());
            WorkFolder.delete(options.work());
        } catch (IOException e) {
            System.err.println("simulator: not all was cleaned up: " + e);
        }
    }

    private static void end(int exit, @Nullable String message) {
        System.err.println("simulator: " + message);
        System.exit(exit);
    }
}
