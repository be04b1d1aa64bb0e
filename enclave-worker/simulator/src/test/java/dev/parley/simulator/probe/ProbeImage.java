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
    private static final List<String> CLASSES = List.of("Probe", "Probe$Attempt", "RawCalls");

    private ProbeImage() {}

    /** The file, built where it is not there or its inputs changed. */
    public static Path file() throws IOException, BuildFailed {
        var folder = Path.of("target", "probe-image").toAbsolutePath();
        Files.createDirectories(folder);
        var jar = folder.resolve("probe.jar");
        try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (var name : CLASSES) {
                var entry = new ZipEntry("dev/parley/simulator/probe/" + name + ".class");
                entry.setTimeLocal(java.time.LocalDateTime.of(1980, 1, 1, 0, 0));
                zip.putNextEntry(entry);
                try (var data = Probe.class.getResourceAsStream(name + ".class")) {
                    zip.write(java.util.Objects.requireNonNull(data).readAllBytes());
                }
            }
        }
        var image = folder.resolve("probe.eif");
        BuildImage.ensure(
                ImageRecipe.here(Probe.class.getName(), List.of(jar)),
                new ImageFiles(image, folder.resolve("measurements.json")));
        return image;
    }

    public static LoadableImage image() throws IOException, BuildFailed, Malformed, SignatureRefused {
        return LoadableImage.judge(EnclaveImage.read(file()), Instant.now());
    }
}
