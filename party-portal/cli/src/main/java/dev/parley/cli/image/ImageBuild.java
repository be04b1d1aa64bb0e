package dev.parley.cli.image;

import dev.parley.cli.console.CliCode;
import dev.parley.cli.console.Failure;
import dev.parley.cli.console.Terminal;
import dev.parley.image.BuildFailed;
import dev.parley.image.BuildImage;
import dev.parley.image.ImageFiles;
import dev.parley.image.ImageRecipe;
import dev.parley.protocol.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parley image build}. */
@Command(
        name = "build",
        description = "Build an image from the jars of a class path, unless the one there has the same inputs.",
        footer = {
            "",
            "The same jars, JDK and system libraries give the same bytes, in any folder, by anybody. Example:",
            "  parley image build --out enclave.eif --dependencies target/dependencies.txt target/parley-enclave-*.jar"
                    + " target/lib/*.jar"
        })
public final class ImageBuild implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(arity = "1..*", paramLabel = "JAR", description = "The whole class path, in order.")
    private List<Path> jars = new ArrayList<>();

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The image to write.")
    private Path out = Path.of("");

    @Option(
            names = "--measurements",
            paramLabel = "FILE",
            description = "Where its measurements go, the bill of materials beside them"
                    + " (default: measurements.json in the image's folder).")
    private Optional<Path> measurements = Optional.empty();

    @Option(
            names = "--dependencies",
            paramLabel = "LIST",
            description = "What Maven resolved for the module; without it there is no bill of materials.")
    private Optional<Path> dependencies = Optional.empty();

    @Option(
            names = "--main",
            paramLabel = "CLASS",
            defaultValue = ImageRecipe.ENCLAVE_MAIN,
            description = "The program (default: ${DEFAULT-VALUE}).")
    private String main = ImageRecipe.ENCLAVE_MAIN;

    @Option(
            names = "--jdk",
            paramLabel = "DIR",
            description = "The JDK to link the runtime from (default: the one that runs this command).")
    private Optional<Path> jdk = Optional.empty();

    public ImageBuild(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure {
        var image = out.toAbsolutePath();
        var files = new ImageFiles(image, measurements.orElse(image.resolveSibling("measurements.json")));
        boolean built;
        try {
            built = BuildImage.ensure(recipe(), files);
        } catch (BuildFailed e) {
            throw Failure.of(CliCode.IMAGE_NOT_BUILT, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw Failure.of(CliCode.IMAGE_NOT_BUILT, "a file of the image cannot be read or written");
        }
        var registers = ImageFile.measurements(files.measurements()).registers();
        var document = Json.object()
                .put("image", image.toString())
                .put("measurements", files.measurements().toString())
                .put("built", built)
                .put("Measurements", RegisterLines.nitro(registers))
                .build();
        var lines = new ArrayList<String>();
        lines.add(built ? "built " + image : "nothing to do: " + image + " has these inputs");
        lines.addAll(RegisterLines.of(registers));
        terminal.result(document, String.join("\n", lines));
        return 0;
    }

    private ImageRecipe recipe() throws BuildFailed, IOException {
        var recipe = ImageRecipe.here(main, jars);
        if (jdk.isPresent()) {
            recipe = recipe.with(jdk.get());
        }
        return dependencies.isPresent() ? recipe.resolvedAs(dependencies.get()) : recipe;
    }
}
