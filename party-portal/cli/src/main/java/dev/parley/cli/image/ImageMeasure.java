package dev.parley.cli.image;

import dev.parley.cli.attest.TrustRootFile;
import dev.parley.cli.console.CliCode;
import dev.parley.cli.console.Failure;
import dev.parley.cli.console.Terminal;
import dev.parley.image.Measurements.Registers;
import dev.parley.policy.bundle.AcceptedMeasurement;
import dev.parley.policy.bundle.ReferenceValues;
import dev.parley.protocol.json.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parley image measure}. */
@Command(
        name = "measure",
        description = {
            "Compute the registers of an image. With --json in the form of nitro-cli.",
            "With --measurements compare them with what was published; with --accept-until print the file",
            "measurements.json of a room folder, which accepts this image."
        },
        footer = {
            "",
            "Example:",
            "  parley image measure enclave.eif --root root.der --accept-until 2027-06-01T00:00:00Z"
                    + " > room/measurements.json"
        })
public final class ImageMeasure implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "IMAGE", description = "The image, EIF version 4.")
    private Path image = Path.of("");

    @Option(
            names = "--measurements",
            paramLabel = "FILE",
            description = "What was published with the image; exit code 1 where it differs.")
    private Optional<Path> measurements = Optional.empty();

    @Option(
            names = "--accept-until",
            paramLabel = "TIME",
            description = "Print reference values for a policy, which expire then.")
    private Optional<String> acceptUntil = Optional.empty();

    @Option(
            names = "--root",
            paramLabel = "FILE",
            description = "With --accept-until: the platform's root (default: the pinned AWS Nitro root).")
    private Optional<Path> root = Optional.empty();

    @Option(
            names = "--at",
            paramLabel = "TIME",
            defaultValue = "now",
            description = "When a signer's certificate must be valid (default: ${DEFAULT-VALUE}).")
    private String at = "now";

    public ImageMeasure(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure {
        var judged = ImageFile.judge(image, ImageFile.at(at, terminal));
        var registers = new Registers(judged.measurement(), judged.pcr8());
        if (measurements.isPresent()
                && !ImageFile.measurements(measurements.get()).registers().equals(registers)) {
            throw Failure.of(CliCode.IMAGE_MEASUREMENTS_DIFFER, measurements.get() + " is of another image")
                    .with("Measurements", RegisterLines.nitro(registers));
        }
        if (acceptUntil.isPresent()) {
            terminal.raw(referenceValues(registers, ImageFile.at(acceptUntil.get(), terminal)) + "\n");
            return 0;
        }
        terminal.result(
                Json.object()
                        .put("Measurements", RegisterLines.nitro(registers))
                        .build(),
                String.join("\n", RegisterLines.of(registers)));
        return 0;
    }

    /** The room's file, {@code policy-bundle.md}; which platform a root belongs to, the root itself tells. */
    private String referenceValues(Registers registers, Instant expires) throws Failure {
        var trusted = TrustRootFile.roots(root).roots().iterator().next();
        var measured = registers.measurement();
        var values = new ReferenceValues(
                trusted.trustDomain(),
                trusted.fingerprint(),
                List.of(new AcceptedMeasurement(measured.pcr0(), measured.pcr1(), measured.pcr2(), expires)));
        var file = Json.object().put("parley", "measurements/1");
        values.json().members().forEach(file::put);
        return new String(file.build().canonical().toArray(), StandardCharsets.UTF_8);
    }
}
