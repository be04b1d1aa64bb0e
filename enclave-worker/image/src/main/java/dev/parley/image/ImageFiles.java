package dev.parley.image;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.encoding.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Where a build leaves what it makes. The bill of materials lies beside the measurements, and so does a note of the inputs,
 * by which the next build sees that there is nothing to do.
 */
public record ImageFiles(Path image, Path measurements) {
    public ImageFiles {
        image = image.toAbsolutePath();
        measurements = measurements.toAbsolutePath();
    }

    /** {@code enclave.cdx.json} beside {@code enclave.json}. */
    public Path billOfMaterials() {
        var name = requireNonNull(measurements.getFileName()).toString();
        return measurements.resolveSibling(name.replaceFirst("\\.json$", "") + ".cdx.json");
    }

    private Path inputs() {
        return image.resolveSibling(image.getFileName() + ".inputs");
    }

    /** The folder of the image, which is on the same disk. */
    Path scratch() throws IOException {
        Files.createDirectories(requireNonNull(measurements.getParent(), "a path inside a folder"));
        return Files.createDirectories(requireNonNull(image.getParent(), "a path inside a folder"));
    }

    /** Whether everything is there and was made from these inputs. */
    boolean are(ImageRecipe recipe, String inputs) throws IOException {
        return Files.exists(image)
                && Files.exists(measurements)
                && Files.exists(billOfMaterials()) == recipe.billOfMaterials().isPresent()
                && Files.exists(inputs())
                && Files.readString(inputs()).equals(inputs);
    }

    void write(ImageAssembly assembly, String inputs) throws IOException {
        Files.deleteIfExists(inputs());
        var fresh = image.resolveSibling(image.getFileName() + ".new");
        assembly.image().write(fresh);
        Files.move(fresh, image, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        write(measurements, assembly.measurements().canonical());
        Files.deleteIfExists(billOfMaterials());
        if (assembly.billOfMaterials().isPresent()) {
            write(billOfMaterials(), assembly.billOfMaterials().get());
        }
        Files.writeString(inputs(), inputs, StandardCharsets.UTF_8);
    }

    private static void write(Path file, Bytes content) throws IOException {
        Files.write(file, content.toArray());
    }
}
