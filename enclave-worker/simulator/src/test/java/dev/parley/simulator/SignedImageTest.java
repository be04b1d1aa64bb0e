package dev.parley.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.image.eif.EnclaveImage;
import dev.parley.image.signing.ImageSigner;
import dev.parley.image.signing.ImageSigningKey;
import dev.parley.image.signing.SigningCertificate;
import dev.parley.protocol.crypto.SigningKey;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.simulator.probe.ProbeImage;
import dev.parley.simulator.sandbox.WorkFolder;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which signatures the platform launches an image under. */
final class SignedImageTest {
    private static final Duration DAY = Duration.ofDays(1);

    private final SigningKey key = SigningKey.generate(new SecureRandom());
    private Path folder = Path.of("");

    @BeforeEach
    void create() throws IOException {
        assumeTrue(System.getProperty("os.name", "").equals("Linux"), "the platform runs on Linux only");
        folder = Files.createTempDirectory("parley-test-");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    }

    @AfterEach
    void delete() throws IOException {
        WorkFolder.delete(folder);
    }

    @Test
    void launchesASignedImageAndNamesItsSigner() throws Exception {
        var now = Instant.now();
        var certificate = certificate(now.minus(DAY), now.plus(DAY));
        var signed = sign(ProbeImage.image().image(), certificate, now);

        try (var platform = PlatformProcess.start(folder, signed)) {
            assumeTrue(platform.isReady(), () -> "no platform here: " + platform.announcement());
            assertThat(platform.announcement())
                    .contains("simulator: PCR8 " + certificate.pcr8().hex());
        }
    }

    @Test
    void refusesACertificateThatHasExpired() throws Exception {
        var then = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(DAY);
        var signed = sign(ProbeImage.image().image(), certificate(then.minus(DAY), then), then);

        assertRefused(signed, "IMAGE_CERTIFICATE_NOT_VALID");
    }

    @Test
    void refusesTheSignatureOfAnotherImage() throws Exception {
        var now = Instant.now();
        var probe = ProbeImage.image().image();
        var sections = new ArrayList<>(probe.sections());
        sections.removeLast();
        var other = new EnclaveImage(probe.architecture(), sections);
        var signature = new ImageSigner(certificate(now.minus(DAY), now.plus(DAY)), ImageSigningKey.of(key))
                .sign(other, now)
                .signature()
                .orElseThrow();

        assertRefused(write(probe.withSignature(signature)), "IMAGE_SIGNATURE_OF_OTHER_IMAGE");
    }

    @Test
    void refusesASectionThatIsNoSignature() throws Exception {
        var image = ProbeImage.image().image().withSignature(Bytes.utf8("signed, honestly"));

        assertRefused(write(image), "IMAGE_SIGNATURE_MALFORMED");
    }

    private void assertRefused(Path image, String code) throws Exception {
        var process = PlatformProcess.command(
                        "--state", folder.resolve("state").toString(),
                        "--image", image.toString(),
                        "--socket", folder.resolve("s").toString(),
                        "--work", folder.resolve("work").toString())
                .redirectErrorStream(true)
                .start();

        assertThat(process.inputReader().readLine()).isEqualTo("simulator: " + code);
        assertThat(process.waitFor()).isEqualTo(Failure.BAD_IMAGE);
    }

    private Path sign(EnclaveImage image, SigningCertificate certificate, Instant then) throws Exception {
        return write(new ImageSigner(certificate, ImageSigningKey.of(key)).sign(image, then));
    }

    private Path write(EnclaveImage image) throws IOException {
        var file = folder.resolve("image.eif");
        image.write(file);
        return file;
    }

    /** Issued by somebody who does not matter. */
    private SigningCertificate certificate(Instant from, Instant until) throws Exception {
        var authority = KeyPairGenerator.getInstance("EC").generateKeyPair();
        var certificate = new JcaX509v3CertificateBuilder(
                        new X500Principal("CN=authority"),
                        BigInteger.ONE,
                        Date.from(from),
                        Date.from(until),
                        new X500Principal("CN=image signer"),
                        key.verificationKey().key())
                .build(new JcaContentSignerBuilder("SHA384withECDSA").build(authority.getPrivate()));
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
        return SigningCertificate.parsePem(
                Bytes.utf8("-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n"));
    }
}
