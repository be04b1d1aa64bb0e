package dev.parley.cli.attest;

import dev.parley.cli.console.CliCode;
import dev.parley.cli.console.ExitCode;
import dev.parley.cli.console.Failure;
import dev.parley.cli.console.OwnFiles;
import dev.parley.cli.console.Terminal;
import dev.parley.protocol.attestation.Evidence;
import dev.parley.protocol.attestation.EvidenceReport;
import dev.parley.protocol.attestation.InspectedEvidence;
import dev.parley.protocol.attestation.Inspection;
import dev.parley.protocol.attestation.TrustDomain;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parley attest verify}. */
@Command(
        name = "verify",
        description = "Verify an attestation document. Exit code 0: accepted; 1: refused.",
        footer = {"", "Example:", "  parley attest verify evidence.cbor --at document --json"})
public final class AttestVerify implements Callable<Integer> {
    /** Larger files are refused by the verifier, which wants to see that they are. */
    private static final int READ_LIMIT = 1 << 20;

    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", description = "The document, raw CBOR.")
    private Path file = Path.of("");

    @Option(
            names = "--root",
            paramLabel = "FILE",
            description = "Trust root, PEM or DER (default: the pinned AWS Nitro root).")
    private Optional<Path> root = Optional.empty();

    @Option(names = "--nonce", paramLabel = "HEX", description = "The nonce that the document must carry.")
    private Optional<String> nonce = Optional.empty();

    @Option(
            names = "--at",
            paramLabel = "TIME",
            defaultValue = "now",
            description = "When certificates must be valid: now, document (its own timestamp) or an instant"
                    + " (default: ${DEFAULT-VALUE}).")
    private String at = "now";

    @Option(names = "--allow-debug", description = "Accept enclaves in debug mode, whose memory can be read.")
    private boolean debugAllowed;

    public AttestVerify(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure {
        var evidence = new Evidence(OwnFiles.read(file, READ_LIMIT));
        var report = EvidenceReport.of(evidence, TrustRootFile.roots(root), inspection(), debugAllowed);
        terminal.result(report.json(), lines(report));
        return (report.accepted() ? ExitCode.DONE : ExitCode.REFUSED).number();
    }

    private Inspection inspection() throws Failure {
        var inspection = switch (at) {
            case "document" -> Inspection.atDocumentTime();
            case "now" -> Inspection.at(terminal.now());
            default -> Inspection.at(instant());
        };
        try {
            return nonce.isEmpty()
                    ? inspection
                    : inspection.withNonce(Bytes.parseHex(nonce.get().toLowerCase(java.util.Locale.ROOT)));
        } catch (Malformed e) {
            throw Failure.of(CliCode.USAGE, "--nonce: " + e.getMessage());
        }
    }

    private Instant instant() throws Failure {
        try {
            return Instant.parse(at);
        } catch (DateTimeException e) {
            throw Failure.of(CliCode.USAGE, "--at is now, document or an instant such as 2026-01-31T12:00:00Z");
        }
    }

    private static String lines(EvidenceReport report) {
        var lines = new ArrayList<String>();
        lines.add(report.refusal().map(reason -> "REFUSED: " + reason).orElse("accepted"));
        report.genuine().ifPresent(evidence -> describe(evidence, lines));
        return String.join("\n", lines);
    }

    private static void describe(InspectedEvidence evidence, List<String> lines) {
        lines.add("trust domain  "
                + (evidence.trustDomain() == TrustDomain.SIMULATED
                        ? "SIMULATED: root on that machine can read everything"
                        : evidence.trustDomain().text()));
        lines.add("root          " + evidence.rootFingerprint().hex());
        lines.add("kind          " + evidence.claims().kind().code() + (evidence.debug() ? ", DEBUG MODE" : ""));
        lines.add("module        " + evidence.moduleId());
        lines.add("timestamp     " + evidence.timestamp());
        evidence.pcrs()
                .values()
                .forEach((index, value) -> lines.add(String.format("PCR%-2d         %s", index, value.hex())));
    }
}
