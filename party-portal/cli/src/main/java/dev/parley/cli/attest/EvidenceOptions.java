package dev.parley.cli.attest;

import dev.parley.cli.console.CliCode;
import dev.parley.cli.console.Failure;
import dev.parley.cli.console.OwnFiles;
import dev.parley.cli.console.Terminal;
import dev.parley.protocol.attestation.Evidence;
import dev.parley.protocol.attestation.Inspection;
import dev.parley.protocol.attestation.TrustRoots;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Which document is looked at, under which root, and against which of the three clocks: that of the certificates
 * ({@code --at}), that of the document's age ({@code --max-age}) and the nonce, which is a clock of its own.
 */
public final class EvidenceOptions {
    /** Larger files are refused by the verifier, which wants to see that they are. */
    private static final int READ_LIMIT = 1 << 20;

    private static final Pattern SPAN = Pattern.compile("([1-9][0-9]{0,5})([smhd])");

    @Parameters(paramLabel = "FILE", description = "The document, raw CBOR.")
    private Path file = Path.of("");

    @Option(
            names = "--root",
            paramLabel = "FILE",
            description = "Trust root, PEM or DER (default: the pinned AWS Nitro root).")
    private Optional<Path> root = Optional.empty();

    @Option(
            names = "--at",
            paramLabel = "TIME",
            defaultValue = "now",
            description = {
                "When certificates must be valid (default: ${DEFAULT-VALUE}):",
                "  now       live: somebody must be able to sign this today;",
                "  document  archived: at the document's own timestamp, which proves nothing about today;",
                "  INSTANT   such as 2026-01-31T12:00:00Z: as if it were judged then."
            })
    private String at = "now";

    @Option(
            names = "--max-age",
            paramLabel = "SPAN",
            description = "How far the timestamp may lie from that time: 30s, 5m, 2h, 1d (default: any distance).")
    private Optional<String> maxAge = Optional.empty();

    @Option(
            names = "--nonce",
            paramLabel = "HEX",
            description = "The nonce that the document must carry: it was made after you chose that (default: any).")
    private Optional<String> nonce = Optional.empty();

    @Option(names = "--allow-debug", description = "Accept enclaves in debug mode, whose memory can be read.")
    private boolean debugAllowed;

    Path file() {
        return file;
    }

    Evidence evidence() throws Failure {
        return new Evidence(OwnFiles.read(file, READ_LIMIT));
    }

    TrustRoots roots() throws Failure {
        return TrustRootFile.roots(root);
    }

    boolean debugAllowed() {
        return debugAllowed;
    }

    Inspection inspection(Terminal terminal) throws Failure {
        var inspection = switch (at) {
            case "document" -> Inspection.atDocumentTime();
            case "now" -> Inspection.at(terminal.now());
            default -> Inspection.at(instant());
        };
        if (maxAge.isPresent()) {
            inspection = withMaxAge(inspection);
        }
        return nonce.isPresent() ? inspection.withNonce(expectedNonce()) : inspection;
    }

    /** The clock that the certificates were judged by, in words. */
    String clock() {
        return switch (at) {
            case "document" -> "the document's own time: it says nothing about today";
            case "now" -> "the clock of this machine";
            default -> "the time that you named";
        };
    }

    private Inspection withMaxAge(Inspection inspection) throws Failure {
        if (inspection.at().isEmpty()) {
            throw Failure.of(CliCode.USAGE, "--max-age counts from a time: a document is never older than itself");
        }
        return inspection.withMaxAge(span(maxAge.orElseThrow()));
    }

    private Bytes expectedNonce() throws Failure {
        try {
            return Bytes.parseHex(nonce.orElseThrow().toLowerCase(Locale.ROOT));
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

    static Duration span(String text) throws Failure {
        var span = SPAN.matcher(text);
        if (!span.matches()) {
            throw Failure.of(CliCode.USAGE, "a span of time is a number and s, m, h or d, such as 5m");
        }
        var count = Long.parseLong(span.group(1));
        return switch (span.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }
}
