package dev.parley.cli.seal;

import dev.parley.cli.console.CliCode;
import dev.parley.cli.console.Failure;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files of one sealed dataset version: {@code NAME.parley} is the sealed file, {@code NAME.manifest.jws} its signed
 * manifest, {@code NAME.key.json} its key, wrapped to the party's own broker.
 */
public record SealedFiles(Path sealed, Path manifest, Path key) {
    private static final String SEALED = ".parley";

    static SealedFiles in(Path folder, String name) {
        return new SealedFiles(
                folder.resolve(name + SEALED),
                folder.resolve(name + ".manifest.jws"),
                folder.resolve(name + ".key.json"));
    }

    /** The files that lie beside a sealed one. */
    public static SealedFiles beside(Path sealed) throws Failure {
        var file = sealed.toAbsolutePath().normalize();
        var name = String.valueOf(file.getFileName());
        var folder = file.getParent();
        if (!name.endsWith(SEALED) || folder == null) {
            throw Failure.of(CliCode.USAGE, "a sealed dataset is a file that ends in " + SEALED);
        }
        return in(folder, name.substring(0, name.length() - SEALED.length()));
    }

    void requireAbsent() throws Failure {
        for (var file : new Path[] {sealed, manifest, key}) {
            if (Files.exists(file)) {
                throw Failure.of(CliCode.OUTPUT_EXISTS, file + " is there already; --replace overwrites it");
            }
        }
    }
}
