package dev.parley.simulator.pki;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.crypto.SigningKey;
import dev.parley.protocol.encoding.Bytes;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SimulatedRootTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void isMadeOnceAndKeptReadableByItsUserAlone() throws Exception {
        var pki = folder.resolve("pki");

        var made = SimulatedRoot.openOrCreate(pki, RANDOM, NOW);
        var opened = SimulatedRoot.openOrCreate(pki, RANDOM, NOW.plusSeconds(1000));

        assertThat(opened.certificate()).isEqualTo(made.certificate());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(pki)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(pki.resolve("root.jwk"))))
                .isEqualTo("rw-------");
    }

    @Test
    void isNotCompletedWhereHalfOfItIsLost() throws Exception {
        var pki = folder.resolve("pki");
        SimulatedRoot.openOrCreate(pki, RANDOM, NOW);
        Files.delete(pki.resolve("root.jwk"));

        assertThatThrownBy(() -> SimulatedRoot.openOrCreate(pki, RANDOM, NOW)).isInstanceOf(java.io.IOException.class);
    }

    @Test
    void issuesTheShapeAndLifetimesOfAws() throws Exception {
        var chain = chain();

        assertThat(chain).hasSize(5);
        assertThat(names(chain))
                .satisfiesExactly(
                        root -> assertThat(root).isEqualTo("CN=sim.nitro-enclaves,OU=SIM,O=Parley,C=ZZ"),
                        regional -> assertThat(regional)
                                .matches("CN=[0-9a-f]{16}\\.sim-local-1\\.sim\\.nitro-enclaves,OU=SIM,.*"),
                        zonal -> assertThat(zonal).matches(".*CN=[0-9a-f]{16}\\.zonal\\.sim-local-1.*"),
                        instance -> assertThat(instance).contains("CN=i-00000000000000001.sim-local-1"),
                        leaf -> assertThat(leaf).contains("CN=i-00000000000000001-enc0000000000000007.sim-local-1"));
        assertThat(chain.stream().map(X509Certificate::getBasicConstraints))
                .containsExactly(Integer.MAX_VALUE, 2, 1, 0, -1);
        assertThat(chain.subList(1, 5).stream().map(SimulatedRootTest::lifetime))
                .containsExactly(
                        Duration.ofDays(20).plusHours(1),
                        Duration.ofDays(5).plusHours(18),
                        Duration.ofHours(24),
                        Duration.ofHours(3).plusSeconds(3));
    }

    @Test
    void issuesLeavesLikeThoseOfAws() throws Exception {
        var leaf = chain().getLast();

        assertThat(leaf.getSerialNumber().toString(16)).isEqualTo("7" + String.format("%016x", NOW.getEpochSecond()));
        assertThat(leaf.getCriticalExtensionOIDs()).containsExactly("2.5.29.19");
        assertThat(leaf.getNonCriticalExtensionOIDs()).containsExactly("2.5.29.15");
        assertThat(leaf.getKeyUsage()).startsWith(true, true, false);
        assertThat(leaf.getSigAlgName()).isEqualTo("SHA384withECDSA");
    }

    @Test
    void letsNoCertificateOutliveItsIssuer() throws Exception {
        var root = SimulatedRoot.create(RANDOM, NOW.minus(Duration.ofDays(1)));
        var clock = new AtomicReference<>(NOW);
        var authorities = new Authorities(root, "i-00000000000000001", RANDOM, () -> requireNonNull(clock.get()));
        var random = new Random(5);

        for (int step = 0; step < 150; step++) {
            clock.set(NOW.plus(Duration.ofMinutes(step * 400L + random.nextInt(400))));
            var issued = authorities.issue(
                    "i-00000000000000001-enc0000000000000007",
                    7,
                    SigningKey.generate(RANDOM).verificationKey());

            var chain = chain(issued);
            for (int i = 1; i < chain.size(); i++) {
                chain.get(i).checkValidity(Date.from(requireNonNull(clock.get())));
                assertThat(chain.get(i).getNotAfter())
                        .isBeforeOrEqualTo(chain.get(i - 1).getNotAfter());
            }
        }
    }

    @Test
    void keepsEveryCertificateBelowTheLimitOfEvidence() {
        var issued = issue();

        assertThat(issued.cabundle()).allSatisfy(der -> assertThat(der.size()).isBetween(1, 1024));
        assertThat(issued.certificate().size()).isBetween(1, 1024);
    }

    private static Authorities.Issued issue() {
        try {
            var root = SimulatedRoot.create(RANDOM, NOW.minus(Duration.ofDays(1)));
            return new Authorities(root, "i-00000000000000001", RANDOM, () -> NOW)
                    .issue(
                            "i-00000000000000001-enc0000000000000007",
                            7,
                            SigningKey.generate(RANDOM).verificationKey());
        } catch (dev.parley.protocol.encoding.Malformed e) {
            throw new AssertionError(e);
        }
    }

    private static List<X509Certificate> chain() throws Exception {
        return chain(issue());
    }

    private static List<X509Certificate> chain(Authorities.Issued issued) throws Exception {
        List<Bytes> ders = new ArrayList<>(issued.cabundle());
        ders.add(issued.certificate());
        List<X509Certificate> chain = new ArrayList<>();
        for (var der : ders) {
            chain.add((X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der.toArray())));
        }
        return chain;
    }

    private static List<String> names(List<X509Certificate> chain) {
        return chain.stream()
                .map(certificate -> certificate.getSubjectX500Principal().getName())
                .toList();
    }

    private static Duration lifetime(X509Certificate certificate) {
        return Duration.between(
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }
}
