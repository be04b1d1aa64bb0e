package dev.parley.protocol.attestation.testing;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.attestation.AttestationVerifier;
import dev.parley.protocol.attestation.Claims;
import dev.parley.protocol.attestation.Evidence;
import dev.parley.protocol.attestation.TrustRoot;
import dev.parley.protocol.attestation.TrustRoots;
import dev.parley.protocol.attestation.nitro.AttestationDocument;
import dev.parley.protocol.attestation.testing.CertificateShape.Role;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A platform with its own root and one module, {@link TestClaims#MODULE}. {@link #at} makes a good one; {@link #bent}
 * one whose chain differs in what a test is about.
 */
public final class TestPlatform {
    private final TrustRoot root;
    private final Map<Role, TestIssuer> chain;

    private TestPlatform(TrustRoot root, Map<Role, TestIssuer> chain) {
        this.root = root;
        this.chain = new EnumMap<>(chain);
    }

    /** Its certificates are valid at this time: the leaf from a minute before it to three hours after it. */
    public static TestPlatform at(Instant time) {
        return bent(time, shape -> shape);
    }

    /** As {@link #at}, with every shape passed through {@code bend} before it becomes a certificate. */
    public static TestPlatform bent(Instant time, UnaryOperator<CertificateShape> bend) {
        return bent(time, bend, new SecureRandom());
    }

    /** As {@link #bent}, with the same keys and signatures for the same text: nobody may trust its root. */
    public static TestPlatform reproducible(Instant time, UnaryOperator<CertificateShape> bend, String seed) {
        return bent(time, bend, random(seed));
    }

    /** The generator of this name takes a seed before its first use as all of its state. */
    private static SecureRandom random(String seed) {
        try {
            var random = SecureRandom.getInstance("SHA1PRNG", "SUN");
            random.setSeed(seed.getBytes(StandardCharsets.UTF_8));
            return random;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TestPlatform bent(Instant time, UnaryOperator<CertificateShape> bend, SecureRandom random) {
        Map<Role, TestIssuer> chain = new EnumMap<>(Role.class);
        var rootShape = bend.apply(CertificateShape.of(Role.ROOT, time, TestClaims.MODULE));
        var issuer = TestIssuer.selfSigned(rootShape, random);
        chain.put(Role.ROOT, issuer);
        for (var role : EnumSet.range(Role.REGIONAL, Role.LEAF)) {
            issuer = issuer.issue(bend.apply(CertificateShape.of(role, time, TestClaims.MODULE)), random);
            chain.put(role, issuer);
        }
        try {
            return new TestPlatform(TrustRoot.parse(issuer(chain, Role.ROOT).der()), chain);
        } catch (Malformed e) {
            throw new IllegalArgumentException("bend the root by hand: such a root cannot be pinned", e);
        }
    }

    /** The same authorities with another leaf, as a platform has after three hours. */
    public TestPlatform withNewLeaf(Instant time) {
        var renewed = new EnumMap<Role, TestIssuer>(chain);
        var shape = CertificateShape.of(Role.LEAF, time, TestClaims.MODULE);
        renewed.put(Role.LEAF, issuer(chain, Role.INSTANCE).issue(shape, new SecureRandom()));
        return new TestPlatform(root, renewed);
    }

    /** A leaf that the present leaf issued, which it may not. Its authorities are the same. */
    public TestPlatform withLeafOfTheLeaf(Instant time) {
        var forged = new EnumMap<Role, TestIssuer>(chain);
        var shape = CertificateShape.of(Role.LEAF, time, TestClaims.MODULE);
        forged.put(Role.LEAF, issuer(chain, Role.LEAF).issue(shape, new SecureRandom()));
        return new TestPlatform(root, forged);
    }

    public TrustRoot root() {
        return root;
    }

    public AttestationVerifier verifier() {
        return new AttestationVerifier(TrustRoots.of(root));
    }

    /** Another leaf under other authorities of the same root, as another instance has in another region. */
    public TestPlatform withNewChain(Instant time) {
        return withNewChain(time, shape -> shape);
    }

    /** As {@link #withNewChain(Instant)}, with every shape passed through {@code bend}. */
    public TestPlatform withNewChain(Instant time, UnaryOperator<CertificateShape> bend) {
        return withBentChain(time, bend, new SecureRandom());
    }

    /** As {@link #withNewChain(Instant, UnaryOperator)}, and the same for the same text. */
    public TestPlatform withReproducibleChain(Instant time, UnaryOperator<CertificateShape> bend, String seed) {
        return withBentChain(time, bend, random(seed));
    }

    private TestPlatform withBentChain(Instant time, UnaryOperator<CertificateShape> bend, SecureRandom random) {
        var renewed = new EnumMap<Role, TestIssuer>(chain);
        var issuer = issuer(chain, Role.ROOT);
        for (var role : EnumSet.range(Role.REGIONAL, Role.LEAF)) {
            issuer = issuer.issue(bend.apply(CertificateShape.of(role, time, TestClaims.MODULE)), random);
            renewed.put(role, issuer);
        }
        return new TestPlatform(root, renewed);
    }

    public Evidence attest(Claims claims) {
        return document(claims).sign(this::sign);
    }

    /** The unsigned document with this platform's certificates. */
    public AttestationDocument document(Claims claims) {
        return new AttestationDocument(claims, certificate(Role.LEAF), cabundle());
    }

    /** r ‖ s by the leaf's key. */
    public Bytes sign(Bytes message) {
        return signAs(Role.LEAF, message);
    }

    public Bytes signAs(Role role, Bytes message) {
        return issuer(chain, role).sign(message);
    }

    public Bytes certificate(Role role) {
        return issuer(chain, role).der();
    }

    /** The root first. */
    public List<Bytes> cabundle() {
        return EnumSet.range(Role.ROOT, Role.INSTANCE).stream()
                .map(this::certificate)
                .toList();
    }

    private static TestIssuer issuer(Map<Role, TestIssuer> chain, Role role) {
        return requireNonNull(chain.get(role));
    }
}
