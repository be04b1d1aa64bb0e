package dev.parley.local.keycloak;

import dev.parley.local.process.Children;
import dev.parley.local.process.JavaCommand;
import dev.parley.local.process.Launch;
import dev.parley.local.state.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The unpacked distribution, which Maven puts under {@code target}, shared by all rooms of a checkout. It is run by its
 * Java class rather than by its shell script: that forks and adds collector options of its own.
 */
public record KeycloakDistribution(Path folder) {
    private static final List<String> OPEN_PACKAGES = List.of(
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.base/java.security=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED");
    private static final List<String> BUILD = List.of("build", "--db=dev-file");

    public static KeycloakDistribution of(Checkout checkout) throws IOException {
        try (var found = Files.newDirectoryStream(checkout.built("deploy/local/target/keycloak"), "keycloak-*")) {
            for (var folder : found) {
                if (Files.isDirectory(folder)) {
                    return new KeycloakDistribution(folder);
                }
            }
        }
        throw new IOException("Keycloak is missing: build first, with ./mvnw -DskipTests package");
    }

    /** Lets Keycloak build itself for its database, once: every later start is three times as quick. */
    public void build(Children children, Path log) throws IOException, InterruptedException {
        var done = folder.resolve(".built-" + Integer.toHexString(BUILD.hashCode()));
        try (var lock = FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var held = lock.lock()) {
            if (!held.isValid() || Files.exists(done)) {
                return;
            }
            var build = children.start(Launch.of("keycloak build", line(folder, BUILD), log));
            int exit = build.await();
            children.stop(build);
            if (exit != 0) {
                throw new IOException("Keycloak could not build itself; see " + log);
            }
            Files.createFile(done);
        }
    }

    /** Makes a home with data of its own, over the programs of this distribution. */
    void makeHome(Path home) throws IOException {
        Files.createDirectories(home.resolve("providers"));
        var lib = home.resolve("lib");
        Files.deleteIfExists(lib);
        Files.createSymbolicLink(lib, folder.resolve("lib"));
        if (Files.exists(home.resolve("conf"))) {
            return;
        }
        var conf = folder.resolve("conf");
        try (var files = Files.walk(conf)) {
            files.forEach(file -> copy(file, home.resolve("conf").resolve(conf.relativize(file))));
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
    }

    List<String> line(Path home, List<String> arguments) {
        var line = new ArrayList<String>();
        line.add(JavaCommand.program());
        line.addAll(JavaCommand.quickStart());
        line.addAll(OPEN_PACKAGES);
        line.addAll(List.of(
                "-Xms64m",
                "-Xmx512m",
                "-Dkc.home.dir=" + home,
                "-Djboss.server.config.dir=" + home.resolve("conf"),
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Dpicocli.disable.closures=true",
                "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
                        + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
                "-cp",
                folder.resolve("lib/quarkus-run.jar").toString(),
                "io.quarkus.bootstrap.runner.QuarkusEntryPoint"));
        line.addAll(arguments);
        return line;
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
