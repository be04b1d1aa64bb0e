package dev.parley.protocol.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.attestation.testing.CertificateShape.Role;
import dev.parley.protocol.attestation.testing.TestPlatform;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class TrustRootTest {
    private static final TrustRoot SIMULATED =
            TestPlatform.at(Instant.parse("2026-03-01T12:00:00Z")).root();

    @Test
    void pinsTheRootThatAwsPublishes() {
        var root = TrustRoot.awsNitro();

        assertThat(root.fingerprint().hex())
                .isEqualTo("641a0321a3e244efe456463195d606317ed7cdcc3c1756e09893f3c68f79bb5b");
        assertThat(root.trustDomain()).isEqualTo(TrustDomain.AWS_NITRO);
        assertThat(root.der().size()).isEqualTo(533);
    }

    @Test
    void everyOtherRootIsSimulated() {
        assertThat(SIMULATED.trustDomain()).isEqualTo(TrustDomain.SIMULATED);
    }

    @Test
    void readsPemAndDerAsTheSameRoot() throws Malformed {
        var pem = pem(SIMULATED.der());

        assertThat(TrustRoot.parse(Bytes.utf8(pem))).isEqualTo(SIMULATED);
        assertThat(TrustRoot.parse(SIMULATED.der())).isEqualTo(SIMULATED);
        assertThat(TrustRoot.parse(Bytes.utf8(pem(TrustRoot.awsNitro().der()))).trustDomain())
                .isEqualTo(TrustDomain.AWS_NITRO);
    }

    @Test
    void refusesLeavesTwoCertificatesAndWhatIsNone() {
        var leaf = TestPlatform.at(Instant.parse("2026-03-01T12:00:00Z")).certificate(Role.LEAF);
        var longer = Bytes.copyOf(
                Arrays.copyOf(SIMULATED.der().toArray(), SIMULATED.der().size() + 1));

        for (var wrong : new Bytes[] {
            leaf,
            longer,
            Bytes.empty(),
            Bytes.utf8("root"),
            Bytes.utf8(pem(SIMULATED.der()) + pem(SIMULATED.der())),
            Bytes.utf8("-----BEGIN CERTIFICATE-----\nAA=A\n-----END CERTIFICATE-----"),
            Bytes.utf8("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----")
        }) {
            assertThatThrownBy(() -> TrustRoot.parse(wrong)).isInstanceOf(Malformed.class);
        }
    }

    private static String pem(Bytes der) {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder().encodeToString(der.toArray())
                + "\n-----END CERTIFICATE-----\n";
    }
}
