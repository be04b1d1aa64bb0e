package dev.parley.image.signing;

import static dev.parley.image.signing.TestSigner.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.image.eif.EnclaveImage;
import dev.parley.image.eif.SmallImage;
import dev.parley.image.signing.SignatureVerdict.Reason;
import dev.parley.image.signing.SignatureVerdict.Refused;
import dev.parley.image.signing.SignatureVerdict.Signed;
import dev.parley.protocol.attestation.Pcrs;
import dev.parley.protocol.cbor.Cbor;
import dev.parley.protocol.crypto.SigningKey;
import dev.parley.protocol.encoding.Bytes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ImageSignatureTest {
    private static final EnclaveImage IMAGE = SmallImage.image();

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({"secp256r1,ES256", "secp384r1,ES384", "secp521r1,ES512"})
    void holdsAfterTheImageWasWrittenAndRead(String curve, SignatureAlgorithm algorithm) throws Exception {
        var signer = TestSigner.on(curve);
        var file = folder.resolve("signed.eif");

        signer.signer().sign(IMAGE, NOW).write(file);
        var read = EnclaveImage.read(file);

        assertThat(verdict(read)).isEqualTo(new Signed(signer.certificate()));
        assertThat(signer.certificate().algorithm()).isEqualTo(algorithm);
        assertThat(read.measurement()).isEqualTo(IMAGE.measurement());
        var loadable = LoadableImage.judge(read, NOW);
        assertThat(loadable.pcr8()).isEqualTo(signer.certificate().pcr8()).isNotEqualTo(Pcrs.zero());
    }

    @Test
    void anImageWithoutSignatureMayBeLaunchedAndHasNoPcr8() throws Exception {
        assertThat(verdict(IMAGE)).isEqualTo(new SignatureVerdict.Unsigned());
        assertThat(LoadableImage.judge(IMAGE, NOW).pcr8()).isEqualTo(Pcrs.zero());
    }

    @Test
    void isTheStructureThatAwsWrites() throws Exception {
        var signer = TestSigner.on("secp384r1");

        var section = signer.signer().sign(IMAGE, NOW).signature().orElseThrow();

        // [{"signing_certificate": [45, 45, 45, …], "signature": [132, 68, 161, 1, 56, 34, 160, 88, …]}]
        var entry =
                ((Cbor.Arr) Cbor.parse(section, 3)).items().getFirst().asDict().fields();
        assertThat(UintArray.bytes(entry.value("signing_certificate")))
                .isEqualTo(signer.certificate().pem());
        assertThat(UintArray.bytes(entry.value("signature")).hex()).startsWith("8444a1013822a058");
        assertThat(section.hex())
                .startsWith("81a2" + "73" + Bytes.utf8("signing_certificate").hex() + "99");
    }

    @Test
    void replacesAnEarlierSignature() throws Exception {
        var first = TestSigner.on("secp384r1").signer().sign(IMAGE, NOW);
        var second = TestSigner.on("secp256r1");

        var signed = second.signer().sign(first, NOW);

        assertThat(signed.sections()).hasSameSizeAs(first.sections());
        assertThat(verdict(signed)).isEqualTo(new Signed(second.certificate()));
    }

    @Test
    void refusesTheSignatureOfAnotherImage() throws Exception {
        var signer = TestSigner.on("secp384r1");
        var section = signer.signer().sign(IMAGE, NOW).signature().orElseThrow();

        var other = SmallImage.imageWith("another program").withSignature(section);

        assertThat(verdict(other)).isEqualTo(refused(Reason.IMAGE_SIGNATURE_OF_OTHER_IMAGE, signer));
        assertThatThrownBy(() -> LoadableImage.judge(other, NOW))
                .isInstanceOf(SignatureRefused.class)
                .hasMessage("IMAGE_SIGNATURE_OF_OTHER_IMAGE");
    }

    @Test
    void refusesACertificateOutsideItsDates() throws Exception {
        var signer = TestSigner.on("secp384r1");
        var certificate = signer.certificate();
        var signed = signer.signer().sign(IMAGE, NOW);
        var second = Duration.ofSeconds(1);

        assertThat(SignatureVerdict.of(signed, IMAGE.measurement(), certificate.notAfter()))
                .isInstanceOf(Signed.class);
        for (var then : List.of(
                certificate.notBefore().minus(second), certificate.notAfter().plus(second))) {
            assertThat(SignatureVerdict.of(signed, IMAGE.measurement(), then))
                    .isEqualTo(refused(Reason.IMAGE_CERTIFICATE_NOT_VALID, signer));
            assertThatThrownBy(() -> signer.signer().sign(IMAGE, then)).isInstanceOf(SignatureRefused.class);
        }
    }

    @Test
    void refusesAKeyThatIsNotTheCertificates() {
        var certificate = TestSigner.on("secp384r1").certificate();
        var other = ImageSigningKey.of(SigningKey.generate(new SecureRandom()));

        assertThatThrownBy(() -> new ImageSigner(certificate, other).sign(IMAGE, NOW))
                .hasMessage("IMAGE_SIGNATURE_WRONG");
    }

    @Test
    void refusesAnotherSignersSignatureUnderThisCertificate() throws Exception {
        var named = TestSigner.on("secp384r1");
        var attacker = TestSigner.on("secp384r1");
        var entry = ImageSignature.parse(
                        attacker.signer().sign(IMAGE, NOW).signature().orElseThrow())
                .first();

        var forged = new ImageSignature(
                List.of(new SignatureEntry(named.certificate(), entry.register(), entry.signature())));

        assertThat(verdict(IMAGE.withSignature(forged.section())))
                .isEqualTo(refused(Reason.IMAGE_SIGNATURE_WRONG, named));
    }

    @Test
    void judgesTheFirstEntryAndTheFormOfTheOthers() throws Exception {
        var signer = TestSigner.on("secp384r1");
        var good = ImageSignature.parse(
                        signer.signer().sign(IMAGE, NOW).signature().orElseThrow())
                .first();
        var other = new SignatureEntry(
                good.certificate(), new SignedRegister(1, IMAGE.measurement().pcr1()), good.signature());

        var two = new ImageSignature(List.of(good, other)).section();
        var swapped = new ImageSignature(List.of(other, good)).section();

        assertThat(verdict(IMAGE.withSignature(two))).isInstanceOf(Signed.class);
        assertThat(verdict(IMAGE.withSignature(swapped)))
                .isEqualTo(refused(Reason.IMAGE_SIGNATURE_OF_OTHER_IMAGE, signer));
    }

    @Test
    void refusesOtherSpellings() throws Exception {
        var signer = TestSigner.on("secp384r1");
        var section = signer.signer().sign(IMAGE, NOW).signature().orElseThrow();
        var entry = ((Cbor.Arr) Cbor.parse(section, 3)).items().getFirst().asDict();
        var certificate = entry.fields().value("signing_certificate");
        var cose = entry.fields().value("signature");
        var tagged = new ArrayList<>(((Cbor.Arr) cose).items());
        tagged.addFirst(Cbor.of(0xd2));

        assertMalformed(Bytes.empty());
        assertMalformed(Cbor.array().encode());
        assertMalformed(Cbor.map().build().encode());
        assertMalformed(Bytes.takeOwnershipOf(Arrays.copyOf(section.toArray(), section.size() + 1)));
        assertMalformed(one(certificate, Cbor.of(UintArray.bytes(cose))));
        assertMalformed(one(Cbor.of(signer.certificate().pem()), cose));
        assertMalformed(one(UintArray.of(signer.certificate().der()), cose));
        assertMalformed(one(certificate, new Cbor.Arr(tagged)));
        assertMalformed(Cbor.array(Cbor.map()
                        .put("signature", cose)
                        .put("signing_certificate", certificate)
                        .build())
                .encode());
        assertMalformed(Cbor.array(Cbor.map()
                        .put("signing_certificate", certificate)
                        .put("signature", cose)
                        .put("more", 1)
                        .build())
                .encode());
        var text = new String(signer.certificate().pem().toArray(), StandardCharsets.US_ASCII);
        for (var pem : List.of(
                text.strip(),
                text + "\n",
                "\n" + text,
                "a comment\n" + text,
                text + text,
                text.replace("\n", "\r\n"),
                text.replaceFirst("(?s)(-\n.{10})", "$1\n"))) {
            assertMalformed(one(UintArray.of(Bytes.utf8(pem)), cose));
        }
    }

    private static Bytes one(Cbor certificate, Cbor cose) {
        return Cbor.array(Cbor.map()
                        .put("signing_certificate", certificate)
                        .put("signature", cose)
                        .build())
                .encode();
    }

    private static void assertMalformed(Bytes section) {
        assertThat(verdict(IMAGE.withSignature(section)))
                .isEqualTo(new Refused(Reason.IMAGE_SIGNATURE_MALFORMED, Optional.empty()));
    }

    private static Refused refused(Reason reason, TestSigner signer) {
        return new Refused(reason, Optional.of(signer.certificate()));
    }

    private static SignatureVerdict verdict(EnclaveImage image) {
        return SignatureVerdict.of(image, image.measurement(), NOW);
    }
}
