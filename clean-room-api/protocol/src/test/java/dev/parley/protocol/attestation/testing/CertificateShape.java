package dev.parley.protocol.attestation.testing;

import java.time.Duration;
import java.time.Instant;
import org.bouncycastle.asn1.x509.KeyUsage;

/**
 * One certificate to be made. Tests bend one property of one role.
 *
 * @param pathLength -1 for none
 * @param keyUsage bits of {@link KeyUsage}; 0 leaves the extension out
 */
public record CertificateShape(
        Role role,
        String commonName,
        Instant notBefore,
        Instant notAfter,
        boolean authority,
        int pathLength,
        int keyUsage,
        String curve,
        String algorithm,
        boolean unknownCriticalExtension) {
    private static final int ALL_OF_A_CA = KeyUsage.digitalSignature | KeyUsage.keyCertSign | KeyUsage.cRLSign;

    /** From the root down. */
    public enum Role {
        ROOT,
        REGIONAL,
        ZONAL,
        INSTANCE,
        LEAF
    }

    /** The shape that AWS gives this role, for evidence made at {@code time}. */
    static CertificateShape of(Role role, Instant time, String moduleId) {
        return switch (role) {
            case ROOT -> ca(role, "sim.nitro-enclaves", time, Duration.ofDays(30 * 365), -1, ALL_OF_A_CA);
            case REGIONAL -> ca(role, "test.sim.nitro-enclaves", time, Duration.ofDays(20), 2, ALL_OF_A_CA);
            case ZONAL -> ca(role, "zonal.test.sim.nitro-enclaves", time, Duration.ofDays(5), 1, ALL_OF_A_CA);
            case INSTANCE -> ca(role, "instance.test.sim", time, Duration.ofDays(1), 0, KeyUsage.keyCertSign);
            case LEAF ->
                new CertificateShape(
                        role,
                        moduleId + ".test.sim",
                        time.minusSeconds(60),
                        time.plus(Duration.ofHours(3)),
                        false,
                        -1,
                        KeyUsage.digitalSignature | KeyUsage.nonRepudiation,
                        "secp384r1",
                        "SHA384withECDSA",
                        false);
        };
    }

    private static CertificateShape ca(
            Role role, String commonName, Instant time, Duration life, int pathLength, int keyUsage) {
        return new CertificateShape(
                role,
                commonName,
                time.minusSeconds(3600),
                time.plus(life),
                true,
                pathLength,
                keyUsage,
                "secp384r1",
                "SHA384withECDSA",
                false);
    }

    public CertificateShape commonName(String name) {
        return new CertificateShape(
                role,
                name,
                notBefore,
                notAfter,
                authority,
                pathLength,
                keyUsage,
                curve,
                algorithm,
                unknownCriticalExtension);
    }

    public CertificateShape valid(Instant from, Instant until) {
        return new CertificateShape(
                role,
                commonName,
                from,
                until,
                authority,
                pathLength,
                keyUsage,
                curve,
                algorithm,
                unknownCriticalExtension);
    }

    public CertificateShape authority(boolean ca, int length) {
        return new CertificateShape(
                role,
                commonName,
                notBefore,
                notAfter,
                ca,
                length,
                keyUsage,
                curve,
                algorithm,
                unknownCriticalExtension);
    }

    public CertificateShape keyUsage(int bits) {
        return new CertificateShape(
                role,
                commonName,
                notBefore,
                notAfter,
                authority,
                pathLength,
                bits,
                curve,
                algorithm,
                unknownCriticalExtension);
    }

    public CertificateShape curve(String name) {
        return new CertificateShape(
                role,
                commonName,
                notBefore,
                notAfter,
                authority,
                pathLength,
                keyUsage,
                name,
                algorithm,
                unknownCriticalExtension);
    }

    /** With which algorithm the issuer signs this certificate. */
    public CertificateShape algorithm(String name) {
        return new CertificateShape(
                role,
                commonName,
                notBefore,
                notAfter,
                authority,
                pathLength,
                keyUsage,
                curve,
                name,
                unknownCriticalExtension);
    }

    public CertificateShape withUnknownCriticalExtension() {
        return new CertificateShape(
                role, commonName, notBefore, notAfter, authority, pathLength, keyUsage, curve, algorithm, true);
    }
}
