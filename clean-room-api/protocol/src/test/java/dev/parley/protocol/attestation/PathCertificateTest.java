package dev.parley.protocol.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.attestation.testing.CertificateShape.Role;
import dev.parley.protocol.attestation.testing.TestPlatform;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Our verification of certificate signatures against the JDK's, which is slower and says the same. */
class PathCertificateTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void agreesWithTheJdkOnWhoSignedWhat() throws Exception {
        List<Certificate> certificates = new ArrayList<>();
        for (var platform : List.of(TestPlatform.at(NOW), TestPlatform.at(NOW))) {
            for (var role : Role.values()) {
                certificates.add(Certificate.parse(platform.certificate(role)));
            }
        }
        var signed = 0;

        for (var certificate : certificates) {
            for (var issuer : certificates) {
                var key = issuer.x509().getPublicKey();
                var ours = verifies(path(certificate), key);
                assertThat(ours).isEqualTo(verifies(certificate.x509(), key));
                signed += ours ? 1 : 0;
            }
        }

        // Two roots by themselves, and four certificates under each.
        assertThat(signed).isEqualTo(10);
    }

    @Test
    void agreesWithTheJdkOnEveryChangedBitOfABodyAndItsSignature() throws Exception {
        var platform = TestPlatform.at(NOW);
        var issuer =
                Certificate.parse(platform.certificate(Role.INSTANCE)).x509().getPublicKey();
        var good = platform.certificate(Role.LEAF).toArray();
        var random = new Random(20260301);
        var compared = 0;

        for (var i = 0; i < 1_000; i++) {
            var changed = good.clone();
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                var certificate = Certificate.parse(dev.parley.protocol.encoding.Bytes.takeOwnershipOf(changed));
                assertThat(verifies(path(certificate), issuer)).isFalse();
                assertThat(verifies(certificate.x509(), issuer)).isFalse();
                compared++;
            } catch (Refused e) {
                // Not even a certificate: nobody asks who signed it.
            }
        }

        assertThat(compared).isGreaterThan(250);
    }

    @Test
    void saysWhatTheCertificateSays() throws Exception {
        var certificate = Certificate.parse(TestPlatform.at(NOW).certificate(Role.ZONAL));
        var path = path(certificate);

        assertThat(path).isEqualTo(certificate.x509());
        assertThat(path.getBasicConstraints()).isEqualTo(1);
        assertThat(path.getKeyUsage()).isEqualTo(certificate.x509().getKeyUsage());
        assertThat(path.getSubjectX500Principal()).isEqualTo(certificate.x509().getSubjectX500Principal());
        assertThat(path.getCriticalExtensionOIDs()).isEqualTo(certificate.x509().getCriticalExtensionOIDs());
        assertThat(path.getNotAfter()).isEqualTo(certificate.x509().getNotAfter());
        assertThat(path.getSigAlgOID()).isEqualTo("1.2.840.10045.4.3.3");
    }

    private static X509Certificate path(Certificate certificate) {
        return new PathCertificate(certificate, new SignatureFacts(8, 8));
    }

    private static boolean verifies(X509Certificate certificate, PublicKey key) {
        try {
            certificate.verify(key);
            return true;
        } catch (java.security.GeneralSecurityException e) {
            return false;
        }
    }
}
