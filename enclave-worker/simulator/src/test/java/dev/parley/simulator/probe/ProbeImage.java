package dev.parley.simulator.probe;

import dev.parley.image.BuildFailed;
import dev.parley.image.BuildImage;
import dev.parley.image.ImageFiles;
import dev.parley.image.ImageRecipe;
import dev.parley.image.eif.EnclaveImage;
import dev.parley.image.signing.LoadableImage;
import dev.parley.image.signing.SignatureRefused;
import dev.parley.protocol.encoding.Malformed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The image of the probe, built once and kept below {@code target}. */
public final class ProbeImage {
    private ProbeImage() {}

    /** The file, built where it is not there or its inputs changed. */
    public static Path file() throws IOException, BuildFailed {
        var jar = jar();
        var image = jar.resolveSibling("probe.eif");
        BuildImage.ensure(
                ImageRecipe.here(Probe.class.getName(), List.of(jar)),
                new ImageFiles(image, jar.resolveSibling("measurements.json")));
        return image;
    }

    /** The programs of this package, without anything that they could need beside the JDK. */
    public static Path jar() throws IOException {
        var folder = Path.of("target", "probe-image").toAbsolutePath();
        Files.createDirectories(folder);
        var jar = folder.resolve("probe.jar");
        try (var zip = new ZipOutputStream(Files.newOutputStream(jar));
                var classes = Files.list(Path.of("target", "test-classes", "dev", "parley", "simulator", "probe"))) {
            for (var file : classes.sorted().toList()) {
                var name = String.valueOf(file.getFileName());
                if (!name.startsWith("package-info") && !name.startsWith("ProbeImage")) {
                    var entry = new ZipEntry("dev/parley/simulator/probe/" + name);
                    entry.setTimeLocal(java.time.LocalDateTime.of(1980, 1, 1, 0, 0));
                    zip.putNextEntry(entry);
                    zip.write(Files.readAllBytes(file));
                }
            }
        }
        return jar;
    }

    public static LoadableImage image() throws IOException, BuildFailed, Malformed, SignatureRefused {
        return LoadableImage.judge(EnclaveImage.read(file()), Instant.now());
    }
}
