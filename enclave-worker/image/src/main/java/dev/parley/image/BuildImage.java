package dev.parley.image;

import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * {@code BuildImage <image.eif> <measurements.json> [--main CLASS] JAR...}: builds the enclave image unless the one that
 * is there was built from the same inputs. Jars are the whole class path of the enclave program, in order.
 */
public final class BuildImage {
    private BuildImage() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.err));
    }

    static int run(List<String> arguments, PrintStream errors) {
        try {
            build(arguments);
            return 0;
        } catch (BuildFailed e) {
            errors.println("image: " + e.getMessage());
            return 2;
        } catch (IOException e) {
            errors.println("image: " + e);
            return 1;
        }
    }

    private static void build(List<String> arguments) throws BuildFailed, IOException {
        if (arguments.size() < 3) {
            throw new BuildFailed("usage: BuildImage <image.eif> <measurements.json> [--main CLASS] JAR...");
        }
        var image = Path.of(arguments.get(0)).toAbsolutePath();
        var measurements = Path.of(arguments.get(1)).toAbsolutePath();
        var rest = new ArrayList<>(arguments.subList(2, arguments.size()));
        var main = ImageRecipe.ENCLAVE_MAIN;
        if (rest.getFirst().equals("--main") && rest.size() > 2) {
            main = rest.get(1);
            rest.subList(0, 2).clear();
        }
        ensure(ImageRecipe.here(main, rest.stream().map(Path::of).toList()), image, measurements);
    }

    /** Builds unless both files are there and come from this recipe; says whether it had to. */
    public static boolean ensure(ImageRecipe recipe, Path image, Path measurements) throws BuildFailed, IOException {
        var folder = Objects.requireNonNull(image.getParent(), "a path inside a folder");
        Files.createDirectories(folder);
        Files.createDirectories(Objects.requireNonNull(measurements.getParent(), "a path inside a folder"));
        var marker = image.resolveSibling(image.getFileName() + ".inputs");
        var inputs = inputs(recipe);
        if (Files.exists(image)
                && Files.exists(measurements)
                && Files.exists(marker)
                && Files.readString(marker).equals(inputs)) {
            return false;
        }
        Files.deleteIfExists(marker);
        var assembly = ImageAssembly.of(recipe, folder);
        var fresh = image.resolveSibling(image.getFileName() + ".new");
        assembly.image().write(fresh);
        Files.move(fresh, image, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Files.write(measurements, assembly.measurements().canonical().toArray());
        Files.writeString(marker, inputs);
        return true;
    }

    /** One line per thing that the bytes of the image depend on. */
    private static String inputs(ImageRecipe recipe) throws IOException, BuildFailed {
        var lines = new StringBuilder();
        lines.append(recipe.commandLine()).append('\n');
        lines.append(recipe.bootScript()).append('\n');
        lines.append(Sha384Digest.of(LauncherJar.bytes())).append('\n');
        lines.append(Files.readString(recipe.jdk().resolve("release"), StandardCharsets.UTF_8))
                .append('\n');
        for (var library : new SystemLibraries(recipe.architecture()).files().entrySet()) {
            lines.append(library.getKey()).append(' ');
            lines.append(Sha384Digest.of(library.getValue().data())).append('\n');
        }
        for (var jar : recipe.jars()) {
            lines.append(Sha384Digest.of(Bytes.takeOwnershipOf(Files.readAllBytes(jar))))
                    .append('\n');
        }
        return lines.toString();
    }
}
