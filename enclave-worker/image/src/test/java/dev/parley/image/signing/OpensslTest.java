package dev.parley.image.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.image.eif.EnclaveImage;
import dev.parley.image.eif.SmallImage;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys and certificates of the tool that people have. */
final class OpensslTest {
    private static final EnclaveImage IMAGE = SmallImage.image();

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void needsOpenssl() throws Exception {
        try {
            openssl("version");
        } catch (IOException e) {
            Assumptions.abort("no openssl on this machine");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"prime256v1", "secp384r1", "secp521r1"})
    void keysInBothOfItsFormsSign(String curve) throws Exception {
        openssl("ecparam", "-name", curve, "-genkey", "-out", "sec1.pem");
        openssl("pkcs8", "-topk8", "-nocrypt", "-in", "sec1.pem", "-out", "pkcs8.pem");
        openssl(
                "req",
                "-x509",
                "-new",
                "-key",
                "sec1.pem",
                "-sha384",
                "-days",
                "30",
                "-subj",
                "/CN=x",
                "-out",
                "c.pem");
        var certificate = SigningCertificate.parsePem(read("c.pem"));

        for (var file : new String[] {"sec1.pem", "pkcs8.pem"}) {
            var key = ImageSigningKey.parsePem(read(file));
            var signed = new ImageSigner(certificate, key).sign(IMAGE, Instant.now());
            assertThat(SignatureVerdict.of(signed, IMAGE.measurement(), Instant.now()))
                    .isEqualTo(new SignatureVerdict.Signed(certificate));
        }
        openssl("x509", "-in", "c.pem", "-outform", "DER", "-out", "c.der");
        assertThat(certificate.der()).isEqualTo(read("c.der"));
    }

    @Test
    void refusesAnRsaCertificateAndAnEncryptedKey() throws Exception {
        openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "k.pem", "-subj", "/CN=x", "-out", "c.pem");
        openssl("ecparam", "-name", "secp384r1", "-genkey", "-noout", "-out", "ec.pem");
        openssl("pkcs8", "-topk8", "-passout", "pass:x", "-in", "ec.pem", "-out", "locked.pem");

        assertThatThrownBy(() -> SigningCertificate.parsePem(read("c.pem"))).hasMessageContaining("no elliptic key");
        for (var file : new String[] {"k.pem", "locked.pem", "c.pem"}) {
            assertThatThrownBy(() -> ImageSigningKey.parsePem(read(file))).isInstanceOf(Malformed.class);
        }
    }

    @Test
    void refusesACurveThatNobodySignsImagesWith() throws Exception {
        openssl("ecparam", "-name", "secp256k1", "-genkey", "-noout", "-out", "k.pem");
        openssl("req", "-x509", "-new", "-key", "k.pem", "-subj", "/CN=x", "-out", "c.pem");

        assertThatThrownBy(() -> SigningCertificate.parsePem(read("c.pem"))).isInstanceOf(Malformed.class);
    }

    private Bytes read(String file) throws IOException {
        return Bytes.takeOwnershipOf(Files.readAllBytes(folder.resolve(file)));
    }

    private void openssl(String... arguments) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<>(java.util.List.of("openssl"));
        command.addAll(java.util.List.of(arguments));
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
