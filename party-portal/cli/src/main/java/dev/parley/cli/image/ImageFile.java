package dev.parley.cli.image;

import dev.parley.cli.console.CliCode;
import dev.parley.cli.console.ExitCode;
import dev.parley.cli.console.Failure;
import dev.parley.cli.console.OwnFiles;
import dev.parley.cli.console.Terminal;
import dev.parley.image.Measurements;
import dev.parley.image.eif.EnclaveImage;
import dev.parley.image.signing.LoadableImage;
import dev.parley.image.signing.SignatureRefused;
import dev.parley.image.signing.SignatureVerdict;
import dev.parley.protocol.encoding.Malformed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;

/** Images and measurements files as these commands read and write them. */
final class ImageFile {
    private static final int MEASUREMENTS_LIMIT = 1 << 20;

    private ImageFile() {}

    static EnclaveImage read(Path file) throws Failure {
        try {
            return EnclaveImage.read(file);
        } catch (Malformed e) {
            throw Failure.of(CliCode.INPUT_MALFORMED, file + ": " + e.getMessage());
        } catch (IOException e) {
            throw Failure.of(CliCode.INPUT_UNREADABLE, file + " cannot be read");
        }
    }

    /** As a platform would take it at that time. */
    static LoadableImage judge(Path file, Instant now) throws Failure {
        try {
            return LoadableImage.judge(read(file), now);
        } catch (SignatureRefused e) {
            throw refused(e.reason());
        }
    }

    static Failure refused(SignatureVerdict.Reason reason) {
        var line = switch (reason) {
            case IMAGE_SIGNATURE_MALFORMED -> "the image's signature section is not the strict form";
            case IMAGE_SIGNATURE_OF_OTHER_IMAGE -> "the signature is over another image";
            case IMAGE_SIGNATURE_WRONG -> "the certificate's key did not make the signature";
            case IMAGE_CERTIFICATE_NOT_VALID -> "the signer's certificate is not valid at that time";
        };
        return Failure.of(reason.name(), ExitCode.REFUSED, line);
    }

    static void write(EnclaveImage image, Path file) throws Failure {
        var draft = file.resolveSibling(file.getFileName() + ".new");
        try {
            image.write(draft);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw Failure.of(CliCode.OUTPUT_UNWRITABLE, file + " cannot be written");
        }
    }

    static Measurements measurements(Path file) throws Failure {
        try {
            return Measurements.parse(OwnFiles.read(file, MEASUREMENTS_LIMIT));
        } catch (Malformed e) {
            throw Failure.of(CliCode.INPUT_MALFORMED, file + ": " + e.getMessage());
        }
    }

    /** The time that certificates are judged at: {@code now} or an instant. */
    static Instant at(String text, Terminal terminal) throws Failure {
        try {
            return text.equals("now") ? terminal.now() : Instant.parse(text);
        } catch (DateTimeException e) {
            throw Failure.of(CliCode.USAGE, "a time is now or an instant such as 2026-01-31T12:00:00Z");
        }
    }
}
