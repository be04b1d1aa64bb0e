package dev.parley.image.signing;

import static dev.parley.image.signing.TestSigner.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.image.eif.EnclaveImage;
import dev.parley.image.eif.SmallImage;
import dev.parley.protocol.attestation.Measurement;
import dev.parley.protocol.cbor.Cbor;
import dev.parley.protocol.cbor.CborFields;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Changed sections: none says that this signer signed this image. Unchanged, each of them does, which is the control. Who
 * changes nothing but words in a certificate gets one that names another signer: its PCR8 is another.
 */
final class SignatureMutantsTest {
    private static final int MUTANTS = 1000;
    private static final EnclaveImage IMAGE = SmallImage.image();
    private static final Measurement MEASUREMENT = IMAGE.measurement();

    private int othersAccepted;

    @Test
    void acceptsNoChangedSectionAsOfThisSigner() throws Exception {
        var signer = TestSigner.on("secp384r1");
        var section = section(signer);
        var random = new Random(20261123);

        for (int i = 0; i < MUTANTS; i++) {
            judge(mutant(section.toArray(), random), section, signer);
        }

        assertThat(othersAccepted).isLessThan(MUTANTS / 20);
    }

    /** Below the two layers of arrays of numbers, which refuse nearly everything before anybody looks inside. */
    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1"})
    void refusesEveryChangeOfRegisterHeaderAndSignature(String curve) throws Exception {
        var section = section(TestSigner.on(curve));
        var cose = UintArray.bytes(fields(section).value("signature"));
        var random = new Random(curve.hashCode());

        for (int i = 0; i < MUTANTS; i++) {
            var changed = mutant(cose.toArray(), random);
            if (!changed.equals(cose)) {
                assertThat(verdict(withCose(section, changed)))
                        .as(changed.hex())
                        .isInstanceOf(SignatureVerdict.Refused.class);
            }
        }
    }

    @Test
    void acceptsNoChangedCertificateAsOfThisSigner() throws Exception {
        for (var signer : List.of(TestSigner.on("secp384r1"), TestSigner.issuedByAnother())) {
            var section = section(signer);
            var der = signer.certificate().der();
            var random = new Random(7);
            for (int i = 0; i < MUTANTS; i++) {
                judge(withCertificate(section, mutant(der.toArray(), random)), section, signer);
            }
        }

        assertThat(othersAccepted).as("what only an authority could check").isPositive();
    }

    private void judge(Bytes changed, Bytes section, TestSigner signer) {
        if (!changed.equals(section) && verdict(changed) instanceof SignatureVerdict.Signed(var certificate)) {
            assertThat(certificate.pcr8())
                    .as(changed.hex())
                    .isNotEqualTo(signer.certificate().pcr8());
            othersAccepted++;
        }
    }

    private static Bytes section(TestSigner signer) throws SignatureRefused {
        var section = signer.signer().sign(IMAGE, NOW).signature().orElseThrow();
        assertThat(verdict(section)).isInstanceOf(SignatureVerdict.Signed.class);
        return section;
    }

    private static SignatureVerdict verdict(Bytes section) {
        return SignatureVerdict.of(IMAGE.withSignature(section), MEASUREMENT, NOW);
    }

    /** One to four changed bytes, or a byte put in, or all behind a place cut off. */
    private static Bytes mutant(byte[] bytes, Random random) {
        return Bytes.takeOwnershipOf(
                switch (random.nextInt(5)) {
                    case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
                    case 1 -> longer(bytes, random.nextInt(bytes.length), (byte) random.nextInt(256));
                    default -> changed(bytes, random);
                });
    }

    private static byte[] longer(byte[] bytes, int at, byte more) {
        var longer = Arrays.copyOf(bytes, bytes.length + 1);
        System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);
        longer[at] = more;
        return longer;
    }

    private static byte[] changed(byte[] bytes, Random random) {
        for (int i = random.nextInt(4); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private static CborFields fields(Bytes section) throws Malformed {
        return ((Cbor.Arr) Cbor.parse(section, 3)).items().getFirst().asDict().fields();
    }

    private static Bytes withCertificate(Bytes section, Bytes der) throws Malformed {
        return joined(
                UintArray.of(new PemText("CERTIFICATE", der).bytes()),
                fields(section).value("signature"));
    }

    private static Bytes withCose(Bytes section, Bytes cose) throws Malformed {
        return joined(fields(section).value("signing_certificate"), UintArray.of(cose));
    }

    private static Bytes joined(Cbor certificate, Cbor cose) {
        return Cbor.array(Cbor.map()
                        .put("signing_certificate", certificate)
                        .put("signature", cose)
                        .build())
                .encode();
    }
}
