package dev.parley.simulator.pki;

import dev.parley.protocol.crypto.SigningKey;
import dev.parley.protocol.crypto.VerificationKey;
import dev.parley.protocol.encoding.Bytes;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The authorities below the root, made in memory when they are needed and again before they end; their keys are never
 * written down. Thread-safe.
 */
public final class Authorities {
    /** How long a leaf is valid, and so how long it is used. */
    public static final Duration LEAF_LIFETIME = Duration.ofHours(3);

    private static final Duration BACKDATED = Duration.ofSeconds(3);

    private final String instanceId;
    private final SecureRandom random;
    private final InstantSource clock;
    private final Map<Tier, Authority> current = new EnumMap<>(Tier.class);

    public Authorities(SimulatedRoot root, String instanceId, SecureRandom random, InstantSource clock) {
        this.instanceId = instanceId;
        this.random = random;
        this.clock = clock;
        current.put(Tier.ROOT, root.authority());
    }

    /** A leaf's certificate, and its authorities from the root downwards. */
    public record Issued(Bytes certificate, List<Bytes> cabundle, Instant until) {
        public Issued {
            cabundle = List.copyOf(cabundle);
        }
    }

    /**
     * Certifies a module's key for three hours.
     *
     * @param enclaveId 8 bytes; with the second of issue it makes the serial number
     */
    public synchronized Issued issue(String moduleId, long enclaveId, VerificationKey key) {
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var issuer = valid(Tier.INSTANCE, now);
        var serial = ByteBuffer.allocate(16).putLong(enclaveId).putLong(now.getEpochSecond());
        var certificate = Issuing.leaf(
                Tier.leaf(moduleId + "." + Tier.REGION + ".sim"),
                key,
                new Issuing.Validity(now.minus(BACKDATED), now.plus(LEAF_LIFETIME)),
                issuer.issuer(),
                new BigInteger(1, serial.array()));
        var bundle = current.values().stream().map(Authority::certificate).toList();
        return new Issued(certificate, bundle, now.plus(LEAF_LIFETIME));
    }

    private Authority valid(Tier tier, Instant now) {
        var above = tier.issuer();
        if (above.isPresent()) {
            var issuer = valid(above.get(), now);
            var there = current.get(tier);
            if (there == null || there.endsWithin(tier.renewedBefore(), now)) {
                current.put(tier, create(tier, issuer, now));
                // What the old one issued does not chain to the new one.
                current.keySet().removeIf(other -> other.compareTo(tier) > 0);
            }
        }
        return java.util.Objects.requireNonNull(current.get(tier));
    }

    private Authority create(Tier tier, Authority issuer, Instant now) {
        var mark = tier == Tier.INSTANCE ? instanceId : HexFormat.of().toHexDigits(random.nextLong());
        var subject = tier.subject(mark);
        var key = SigningKey.generate(random);
        var until = now.plus(tier.lifetime());
        var certificate = Issuing.authority(
                tier,
                subject,
                key,
                new Issuing.Validity(now.minus(BACKDATED), until),
                issuer.issuer(),
                new BigInteger(127, random).setBit(126));
        return new Authority(subject, key, certificate, until);
    }
}
