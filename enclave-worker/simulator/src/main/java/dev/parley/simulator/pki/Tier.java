package dev.parley.simulator.pki;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.KeyUsage;

/** The four kinds of authorities, as AWS has them: how long one lives, how long before its end the next one is made. */
enum Tier {
    ROOT(Duration.ZERO, 128, new BasicConstraints(true), usage(true)),
    REGIONAL(Duration.ofDays(7), 128, new BasicConstraints(2), usage(true)),
    ZONAL(Duration.ofDays(2), 128, new BasicConstraints(1), usage(true)),
    INSTANCE(Duration.ofHours(4), 159, new BasicConstraints(0), usage(false));

    static final String ROOT_NAME = "sim.nitro-enclaves";
    static final String REGION = "sim-local-1";

    private final Duration renewedBefore;
    private final int serialBits;
    private final BasicConstraints constraints;
    private final KeyUsage usage;

    Tier(Duration renewedBefore, int serialBits, BasicConstraints constraints, KeyUsage usage) {
        this.renewedBefore = renewedBefore;
        this.serialBits = serialBits;
        this.constraints = constraints;
        this.usage = usage;
    }

    /** When a certificate ends that begins at {@code from}. */
    Instant end(Instant from) {
        return switch (this) {
            case ROOT ->
                from.atOffset(ZoneOffset.UTC).plusYears(30).plusHours(1).toInstant();
            case REGIONAL -> from.plus(Duration.ofDays(20).plusHours(1));
            case ZONAL -> from.plus(Duration.ofDays(5).plusHours(18));
            case INSTANCE -> from.plus(Duration.ofHours(24));
        };
    }

    /** Longer than the lifetime of what is issued below, so that no certificate outlives its issuer. */
    Duration renewedBefore() {
        return renewedBefore;
    }

    /** Positive, of the size that AWS's have, and never to be guessed. */
    BigInteger serial(SecureRandom random) {
        return new BigInteger(serialBits, random).setBit(serialBits - 2);
    }

    BasicConstraints constraints() {
        return constraints;
    }

    KeyUsage usage() {
        return usage;
    }

    Optional<Tier> issuer() {
        return switch (this) {
            case ROOT -> Optional.empty();
            case REGIONAL -> Optional.of(ROOT);
            case ZONAL -> Optional.of(REGIONAL);
            case INSTANCE -> Optional.of(ZONAL);
        };
    }

    /** The order of the attributes is AWS's, tier by tier. */
    X500Name subject(String mark) {
        var name = new X500NameBuilder(BCStyle.INSTANCE);
        return switch (this) {
            case ROOT -> organisation(name).addRDN(BCStyle.CN, ROOT_NAME).build();
            case REGIONAL ->
                organisation(name)
                        .addRDN(BCStyle.CN, mark + "." + REGION + "." + ROOT_NAME)
                        .build();
            case ZONAL ->
                name.addRDN(BCStyle.CN, mark + ".zonal." + REGION + "." + ROOT_NAME)
                        .addRDN(BCStyle.OU, "SIM")
                        .addRDN(BCStyle.O, "Parley")
                        .addRDN(BCStyle.C, "ZZ")
                        .addRDN(BCStyle.ST, "SIM")
                        .addRDN(BCStyle.L, "Localhost")
                        .build();
            case INSTANCE -> leaf(mark + "." + REGION + "." + ROOT_NAME);
        };
    }

    /** The subject of instances and of leaves. */
    static X500Name leaf(String commonName) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.C, "ZZ")
                .addRDN(BCStyle.ST, "Simulated")
                .addRDN(BCStyle.L, "Localhost")
                .addRDN(BCStyle.O, "Parley")
                .addRDN(BCStyle.OU, "SIM")
                .addRDN(BCStyle.CN, commonName)
                .build();
    }

    private static X500NameBuilder organisation(X500NameBuilder name) {
        return name.addRDN(BCStyle.C, "ZZ").addRDN(BCStyle.O, "Parley").addRDN(BCStyle.OU, "SIM");
    }

    private static KeyUsage usage(boolean signsMore) {
        return new KeyUsage(
                signsMore ? KeyUsage.digitalSignature | KeyUsage.keyCertSign | KeyUsage.cRLSign : KeyUsage.keyCertSign);
    }
}
