package dev.parley.image;

import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code BuildImage <image.eif> <measurements.json> [--main CLASS] [--dependencies LIST] JAR...}: builds the enclave image unless
 * the one that is there was built from the same inputs. Jars are the whole class path of the enclave program, in order.
 */
public final class BuildImage {
    private static final String USAGE =
            "usage: BuildImage <image.eif> <measurements.json> [--main CLASS] [--dependencies LIST] JAR...";

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
            throw new BuildFailed(USAGE);
        }
        var files = new ImageFiles(Path.of(arguments.get(0)), Path.of(arguments.get(1)));
        var rest = new ArrayList<>(arguments.subList(2, arguments.size()));
        var main = option("--main", rest, ImageRecipe.ENCLAVE_MAIN);
        var list = option("--dependencies", rest, "");
        var recipe = ImageRecipe.here(main, rest.stream().map(Path::of).toList());
        ensure(list.isEmpty() ? recipe : recipe.resolvedAs(Path.of(list)), files);
    }

    private static String option(String name, List<String> arguments, String otherwise) {
        if (arguments.size() < 2 || !arguments.getFirst().equals(name)) {
            return otherwise;
        }
        var value = arguments.get(1);
        arguments.subList(0, 2).clear();
        return value;
    }

    /** Builds unless everything is there and comes from this recipe; says whether it had to. */
    public static boolean ensure(ImageRecipe recipe, ImageFiles files) throws BuildFailed, IOException {
        var scratch = files.scratch();
        var inputs = inputs(recipe);
        if (files.are(recipe, inputs)) {
            return false;
        }
        var bootstrap = Bootstrap.link(recipe.architecture(), recipe.jdk(), scratch);
        files.write(ImageAssembly.of(recipe, bootstrap), inputs);
        return true;
    }

    /** One line per thing that the bytes of the image, or of what is published with it, depend on. */
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
        recipe.billOfMaterials().ifPresent(bill -> lines.append(bill).append('\n'));
        return lines.toString();
    }
}
