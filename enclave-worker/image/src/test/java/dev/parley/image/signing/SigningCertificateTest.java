package dev.parley.image.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class SigningCertificateTest {
    /** Made by {@code openssl req -x509 -new -key k.pem -sha384 -days 3650}. */
    private static final Bytes OF_OPENSSL = Bytes.utf8("""
            -----BEGIN CERTIFICATE-----
            MIIB6zCCAXKgAwIBAgIUQR3cjEsgTog7dl4HyMIHcYmOKZEwCgYIKoZIzj0EAwMw
            LTEUMBIGA1UECgwLUGFybGV5IHRlc3QxFTATBgNVBAMMDGltYWdlIHNpZ25lcjAe
            Fw0yNjExMjMwMzE4MjFaFw0zNjExMjAwMzE4MjFaMC0xFDASBgNVBAoMC1Bhcmxl
            eSB0ZXN0MRUwEwYDVQQDDAxpbWFnZSBzaWduZXIwdjAQBgcqhkjOPQIBBgUrgQQA
            IgNiAAT8yYtR4KvoY3EsbRfgC1tYRVq6JpEch/pqRHKBdZlgIVXf0LKTuyKzMq/q
            Goll56gtETt59G+A+P7eGG6absTwEbJgsKflch8Fa/hNYi962jzyXMm6+OAD2Ssx
            ZJ0Q+vejUzBRMB0GA1UdDgQWBBQZFHqO1LxqK5KHtIu4MQtGhkU9/TAfBgNVHSME
            GDAWgBQZFHqO1LxqK5KHtIu4MQtGhkU9/TAPBgNVHRMBAf8EBTADAQH/MAoGCCqG
            SM49BAMDA2cAMGQCMGDpp87gCmU4wiD1CbhIFpQEE3sKG2rntsnV/3YU6ImBwImF
            ibp6WqmDGwD5R92/IQIwK94ScNzsb0acCFGl+CoUiA+0gsUTo9mJS8dADwi4950O
            qvX8wUnvcntvUXOAK/Vw
            -----END CERTIFICATE-----
            """);

    /**
     * The value is of other tools alone:
     *
     * <pre>
     * (head -c 48 /dev/zero; openssl x509 -in c.pem -outform DER | openssl dgst -sha384 -binary) | sha384sum
     * </pre>
     */
    @Test
    void givesThePcr8OfAwssRule() throws Exception {
        var certificate = SigningCertificate.parsePem(OF_OPENSSL);

        assertThat(certificate.pcr8().hex())
                .isEqualTo(
                        "9b0e4592ec4bf9ee5228e31b99ce9809585a987fb5e91009566f2e8115075f597fb9f1caeddacb260de2a9c954c43aca");
        assertThat(certificate.subject()).isEqualTo("CN=image signer,O=Parley test");
        assertThat(certificate.notAfter()).isEqualTo("2036-11-20T03:18:21Z");
        assertThat(certificate.algorithm()).isEqualTo(SignatureAlgorithm.ES384);
        assertThat(certificate.pem()).isEqualTo(OF_OPENSSL);
    }

    @Test
    void refusesWhatFollowsTheCertificate() {
        var der = TestSigner.on("secp384r1").certificate().der();
        var longer = Bytes.takeOwnershipOf(Arrays.copyOf(der.toArray(), der.size() + 1));

        assertThatThrownBy(() -> SigningCertificate.parse(longer)).isInstanceOf(Malformed.class);
    }

    @Test
    void refusesOneThatClaimsToHaveSignedItself() {
        var forged = TestSigner.forgedCertificate();

        assertThatThrownBy(() -> SigningCertificate.parse(forged)).hasMessageContaining("did not sign itself");
    }
}
