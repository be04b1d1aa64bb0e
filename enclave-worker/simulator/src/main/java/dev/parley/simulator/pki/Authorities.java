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
    private static final Duration LEAF_LIFETIME = Duration.ofHours(3);
    /** Evidence is judged a little later than it is made, and its leaf must still be valid then. */
    private static final Duration LEFT_FOR_VERIFIERS = Duration.ofMinutes(10);

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

    /**
     * A leaf's certificate, and its authorities from the root downwards.
     *
     * @param from from when it is valid
     * @param until how long evidence may be signed with it, which is a little shorter than it is valid
     */
    public record Issued(Bytes certificate, List<Bytes> cabundle, Instant from, Instant until) {
        public Issued {
            cabundle = List.copyOf(cabundle);
        }

        /** Whether evidence of that time may be signed with it; a clock can be set back too. */
        public boolean servesAt(Instant time) {
            return !time.isBefore(from) && time.isBefore(until);
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
        var validity = new Issuing.Validity(now.minus(BACKDATED), now.plus(LEAF_LIFETIME));
        var certificate = Issuing.leaf(
                Tier.leaf(moduleId + "." + Tier.REGION + ".sim"),
                key,
                validity,
                issuer.issuer(),
                new BigInteger(1, serial.array()));
        var bundle = current.values().stream().map(Authority::certificate).toList();
        return new Issued(certificate, bundle, validity.from(), validity.until().minus(LEFT_FOR_VERIFIERS));
    }

    private Authority valid(Tier tier, Instant now) {
        var above = tier.issuer();
        if (above.isPresent()) {
            var issuer = valid(above.get(), now);
            var there = current.get(tier);
            if (there == null || !there.lasts(tier.renewedBefore(), now)) {
                current.put(tier, create(tier, issuer, now));
                // What the old one issued does not chain to the new one.
                current.keySet().removeIf(other -> other.compareTo(tier) > 0);
            }
        }
        return java.util.Objects.requireNonNull(current.get(tier));
    }

    private Authority create(Tier tier, Authority issuer, Instant now) {
        var mark = tier == Tier.INSTANCE ? instanceId : HexFormat.of().toHexDigits(random.nextLong());
        var subject = new Issuing.Holder(tier.subject(mark), SigningKey.generate(random));
        var from = now.minus(BACKDATED);
        var validity = new Issuing.Validity(from, tier.end(from));
        var certificate = Issuing.authority(tier, subject, validity, issuer.issuer(), random);
        return new Authority(subject, certificate, validity);
    }
}
