package dev.parley.rehearsal.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The files of the checkout that the tests run in. */
final class Checkout {
    static final List<String> MODULES = List.of(
            "clean-room-api/protocol",
            "clean-room-api/server",
            "policies/language",
            "policies/authoring",
            "policies/sql",
            "enclave-worker/enclave",
            "enclave-worker/host",
            "enclave-worker/image",
            "enclave-worker/simulator",
            "party-portal/web",
            "party-portal/cli",
            "deploy/local");

    private Checkout() {}

    static Path root() {
        var folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = Objects.requireNonNull(folder.getParent(), "the tests run inside a checkout");
        }
        return folder;
    }

    static String read(String path) {
        try {
            return Files.readString(root().resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Main sources of all modules. */
    static List<Path> mainSources() {
        return MODULES.stream()
                .map(module -> root().resolve(module).resolve("src/main/java"))
                .filter(Files::isDirectory)
                .flatMap(sources -> javaFiles(sources).stream())
                .toList();
    }

    /** Tests of all modules, the rehearsal's among them. */
    static List<Path> testSources() {
        return Stream.concat(MODULES.stream(), Stream.of("deploy/rehearsal"))
                .map(module -> root().resolve(module).resolve("src/test/java"))
                .filter(Files::isDirectory)
                .flatMap(sources -> javaFiles(sources).stream())
                .toList();
    }

    private static List<Path> javaFiles(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
