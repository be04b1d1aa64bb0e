package dev.parley.cli.image;

import dev.parley.cli.console.CliCode;
import dev.parley.cli.console.Failure;
import dev.parley.cli.console.OwnFiles;
import dev.parley.cli.console.PassphraseOptions;
import dev.parley.cli.console.Terminal;
import dev.parley.image.Measurements.Registers;
import dev.parley.image.eif.EnclaveImage;
import dev.parley.image.signing.ImageSigner;
import dev.parley.image.signing.ImageSigningKey;
import dev.parley.image.signing.SignatureRefused;
import dev.parley.image.signing.SigningCertificate;
import dev.parley.protocol.crypto.LockedKey;
import dev.parley.protocol.crypto.SigningKey;
import dev.parley.protocol.crypto.WrongPassphrase;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parley image sign}. */
@Command(
        name = "sign",
        description = {
            "Sign an image: PCR8 of its enclaves then names the certificate.",
            "The key is PEM that only you can read, as openssl writes it, or a locked key of parley key new (.jwe)."
        },
        footer = {"", "Example:", "  parley image sign enclave.eif --key signer.pem --certificate signer.crt"})
public final class ImageSign implements Callable<Integer> {
    private static final int LIMIT = 64 << 10;

    private final Terminal terminal;

    @Parameters(paramLabel = "IMAGE", description = "The image; an earlier signature is replaced.")
    private Path file = Path.of("");

    @Option(names = "--key", required = true, paramLabel = "FILE", description = "The secret key.")
    private Path keyFile = Path.of("");

    @Option(
            names = "--certificate",
            required = true,
            paramLabel = "FILE",
            description = "The key's certificate, PEM; P-256, P-384 or P-521.")
    private Path certificateFile = Path.of("");

    @Option(names = "--out", paramLabel = "FILE", description = "Where the signed image goes (default: its own place).")
    private Optional<Path> out = Optional.empty();

    @Option(
            names = "--measurements",
            paramLabel = "FILE",
            description = "The image's measurements file, where PCR8 is written into.")
    private Optional<Path> measurements = Optional.empty();

    @Mixin
    private final PassphraseOptions passphrases = new PassphraseOptions();

    public ImageSign(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure {
        var certificate = certificate();
        var image = ImageFile.read(file);
        var registers = new Registers(image.measurement(), certificate.pcr8());
        var published = measurements.isPresent()
                ? Optional.of(ImageFile.measurements(measurements.get()))
                : Optional.<dev.parley.image.Measurements>empty();
        if (published.isPresent() && !published.get().registers().measurement().equals(registers.measurement())) {
            throw Failure.of(CliCode.IMAGE_MEASUREMENTS_DIFFER, measurements.get() + " is of another image");
        }
        ImageFile.write(signed(image, certificate), out.orElse(file).toAbsolutePath());
        if (published.isPresent()) {
            OwnFiles.write(
                    measurements.get(),
                    published.get().signedBy(certificate.pcr8()).canonical());
        }
        var document = Json.object()
                .put("Measurements", RegisterLines.nitro(registers))
                .put("subject", certificate.subject())
                .put("notAfter", certificate.notAfter().toString())
                .build();
        terminal.result(
                document,
                "signed by " + certificate.subject() + ", valid until " + certificate.notAfter() + "\n"
                        + String.join("\n", RegisterLines.of(registers)));
        return 0;
    }

    private EnclaveImage signed(EnclaveImage image, SigningCertificate certificate) throws Failure {
        try {
            return new ImageSigner(certificate, key()).sign(image, terminal.now());
        } catch (SignatureRefused e) {
            throw ImageFile.refused(e.reason());
        }
    }

    private SigningCertificate certificate() throws Failure {
        try {
            return SigningCertificate.parsePem(OwnFiles.read(certificateFile, LIMIT));
        } catch (Malformed e) {
            throw Failure.of(CliCode.INPUT_MALFORMED, certificateFile + ": " + e.getMessage());
        }
    }

    private ImageSigningKey key() throws Failure {
        var text = OwnFiles.read(keyFile, LIMIT);
        if (OwnFiles.isOpenToOthers(keyFile)) {
            throw Failure.of(CliCode.PASSPHRASE_FILE_OPEN, keyFile + " can be read by others: chmod 600 " + keyFile);
        }
        try {
            return keyFile.toString().endsWith(".jwe")
                    ? unlocked(new String(text.toArray(), StandardCharsets.US_ASCII).strip())
                    : ImageSigningKey.parsePem(text);
        } catch (Malformed e) {
            throw Failure.of(CliCode.KEY_MALFORMED, keyFile + " does not hold such a key");
        }
    }

    private ImageSigningKey unlocked(String compact) throws Failure, Malformed {
        var locked = LockedKey.parse(compact);
        var passphrase = passphrases.read(terminal);
        try {
            return ImageSigningKey.of(SigningKey.importSecretJwk(locked.open(passphrase)));
        } catch (WrongPassphrase e) {
            throw Failure.of(
                    CliCode.PASSPHRASE_WRONG, "the passphrase does not open " + keyFile + ", or the file was changed");
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }
}
