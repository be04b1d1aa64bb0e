package dev.parley.cli.image;

import dev.parley.cli.console.ExitCode;
import dev.parley.cli.console.Failure;
import dev.parley.cli.console.Terminal;
import dev.parley.image.eif.EnclaveImage;
import dev.parley.image.signing.SignatureVerdict;
import dev.parley.image.signing.SigningCertificate;
import dev.parley.protocol.attestation.Measurement;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parley image inspect}. */
@Command(
        name = "inspect",
        description =
                "Show an image: sections, metadata, signature, registers. Exit code 1: no platform would launch it.")
public final class ImageInspect implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "IMAGE", description = "The image, EIF version 4.")
    private Path file = Path.of("");

    @Option(
            names = "--at",
            paramLabel = "TIME",
            defaultValue = "now",
            description = "When a signer's certificate must be valid (default: ${DEFAULT-VALUE}).")
    private String at = "now";

    public ImageInspect(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure {
        var image = ImageFile.read(file);
        var measurement = image.measurement();
        var verdict = SignatureVerdict.of(image, measurement, ImageFile.at(at, terminal));
        terminal.result(json(image, measurement, verdict), lines(image, measurement, verdict));
        return (verdict.pcr8().isPresent() ? ExitCode.DONE : ExitCode.REFUSED).number();
    }

    private static Json.Obj json(EnclaveImage image, Measurement measurement, SignatureVerdict verdict) throws Failure {
        var registers = Json.object();
        measurement.json().members().forEach(registers::put);
        registers.put("pcr8", verdict.pcr8().map(Sha384Digest::hex).orElse(null));
        return Json.object()
                .put("format", "EIF 4")
                .put("architecture", image.architecture().label())
                .put(
                        "sections",
                        Json.array(
                                image.sections(),
                                section -> Json.object()
                                        .put("type", section.type().name())
                                        .put("bytes", section.data().size())
                                        .put(
                                                "sha384",
                                                Sha384Digest.of(section.data()).hex())
                                        .build()))
                .put("metadata", metadata(image))
                .put("signature", signature(verdict))
                .put("measurement", registers.build())
                .build();
    }

    private static Json signature(SignatureVerdict verdict) {
        return switch (verdict) {
            case SignatureVerdict.Unsigned() ->
                Json.object().put("verdict", "unsigned").build();
            case SignatureVerdict.Signed(var certificate) ->
                certificate(Optional.of(certificate)).put("verdict", "signed").build();
            case SignatureVerdict.Refused(var reason, var certificate) ->
                certificate(certificate)
                        .put("verdict", "refused")
                        .put("reason", reason.name())
                        .build();
        };
    }

    private static Json.Builder certificate(Optional<SigningCertificate> certificate) {
        var members = Json.object();
        certificate.ifPresent(each -> members.put("subject", each.subject())
                .put("curve", each.algorithm().curve())
                .put("notBefore", each.notBefore().toString())
                .put("notAfter", each.notAfter().toString()));
        return members;
    }

    /** Metadata is not measured and may be anything: what cannot be read is shown as null. */
    private static Json metadata(EnclaveImage image) {
        try {
            return Json.parse(image.metadata());
        } catch (Malformed e) {
            return new Json.Null();
        }
    }

    private static String lines(EnclaveImage image, Measurement measurement, SignatureVerdict verdict) throws Failure {
        List<String> lines = new ArrayList<>();
        lines.add("format      EIF 4, " + image.architecture().label());
        for (var section : image.sections()) {
            lines.add("%-11s %,d bytes"
                    .formatted(
                            section.type().name().toLowerCase(java.util.Locale.ROOT),
                            section.data().size()));
        }
        lines.add("metadata    " + new String(metadata(image).canonical().toArray(), StandardCharsets.UTF_8));
        lines.addAll(signatureLines(verdict));
        lines.add("PCR0        " + measurement.pcr0().hex());
        lines.add("PCR1        " + measurement.pcr1().hex());
        lines.add("PCR2        " + measurement.pcr2().hex());
        lines.add("PCR8        " + verdict.pcr8().map(Sha384Digest::hex).orElse("none: the image is refused"));
        return String.join("\n", lines);
    }

    private static List<String> signatureLines(SignatureVerdict verdict) {
        return switch (verdict) {
            case SignatureVerdict.Unsigned() -> List.of("signature   none");
            case SignatureVerdict.Signed(var certificate) ->
                List.of("signature   holds", "signer      " + signer(certificate));
            case SignatureVerdict.Refused(var reason, var certificate) -> {
                var lines = new ArrayList<>(List.of("signature   REFUSED: " + reason));
                certificate.ifPresent(each -> lines.add("signer      " + signer(each)));
                yield lines;
            }
        };
    }

    private static String signer(SigningCertificate certificate) {
        return certificate.subject() + ", " + certificate.algorithm().curve() + ", valid " + certificate.notBefore()
                + " to " + certificate.notAfter();
    }
}
