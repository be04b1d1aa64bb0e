package dev.parley.protocol.attestation;

import dev.parley.protocol.encoding.Bytes;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The path from a document's leaf to a pinned root (spec §6.2): the JDK's PKIX at the given time, and before it what
 * PKIX leaves out.
 */
final class CertificateChain {
    private static final int MAX_BUNDLE = 8;

    private final Certificate leaf;
    private final List<Certificate> authorities;
    private final TrustRoot root;

    private CertificateChain(Certificate leaf, List<Certificate> authorities, TrustRoot root) {
        this.leaf = leaf;
        this.authorities = authorities;
        this.root = root;
    }

    /**
     * Parses the certificates and finds the root.
     *
     * @param bundle the root first, as the security module orders it
     */
    static CertificateChain parse(Bytes certificate, List<Bytes> bundle, TrustRoots roots, Trail trail) throws Refused {
        trail.begin(Check.BUNDLE);
        Refused.unless(bundle.size() >= 2 && bundle.size() <= MAX_BUNDLE, Reason.MALFORMED_CABUNDLE);
        var all = new HashSet<>(bundle);
        all.add(certificate);
        Refused.unless(all.size() == bundle.size() + 1, Reason.MALFORMED_CABUNDLE);
        trail.begin(Check.ROOT);
        var root = roots.find(bundle.getFirst()).orElseThrow(() -> new Refused(Reason.UNKNOWN_ROOT));
        trail.saw(root);
        trail.begin(Check.CERTIFICATES);
        var leaf = parse(certificate, trail);
        List<Certificate> authorities = new ArrayList<>();
        for (var der : bundle.subList(1, bundle.size()).reversed()) {
            authorities.add(parse(der, trail));
        }
        trail.saw(root.certificate());
        return new CertificateChain(leaf, List.copyOf(authorities), root);
    }

    private static Certificate parse(Bytes der, Trail trail) throws Refused {
        var certificate = Certificate.parse(der);
        trail.saw(certificate);
        return certificate;
    }

    /** Takes each step for all certificates before the next, as the specification does. */
    void requireValid(Instant time, String moduleId, SignatureFacts facts, Trail trail) throws Refused {
        trail.begin(Check.ALGORITHMS);
        leaf.requireAlgorithms();
        for (var authority : authorities) {
            authority.requireAlgorithms();
        }
        trail.begin(Check.KEY_USAGE);
        leaf.requireLeaf();
        for (var authority : authorities) {
            authority.requireAuthority();
        }
        trail.begin(Check.VALIDITY);
        leaf.requireValidAt(time);
        for (var authority : authorities) {
            authority.requireValidAt(time);
        }
        root.certificate().requireValidAt(time);
        trail.begin(Check.PATH);
        requirePath(time, facts);
        trail.begin(Check.SUBJECT);
        Refused.unless(leaf.commonName().orElse("").startsWith(moduleId + "."), Reason.WRONG_SUBJECT);
    }

    private void requirePath(Instant time, SignatureFacts facts) throws Refused {
        try {
            var parameters =
                    new PKIXParameters(Set.of(new TrustAnchor(root.certificate().x509(), null)));
            // AWS publishes no usable revocation lists for these chains and says so; they live hours.
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(time));
            var path = CertificateFactory.getInstance("X.509", "SUN").generateCertPath(path(facts));
            CertPathValidator.getInstance("PKIX", "SUN").validate(path, parameters);
        } catch (CertPathValidatorException | CertificateException e) {
            throw new Refused(Reason.BAD_CHAIN);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("PKIX is part of every JDK", e);
        }
    }

    private List<X509Certificate> path(SignatureFacts facts) {
        List<X509Certificate> path = new ArrayList<>();
        path.add(new PathCertificate(leaf, facts));
        authorities.forEach(authority -> path.add(new PathCertificate(authority, facts)));
        return path;
    }

    TrustRoot root() {
        return root;
    }

    ECPublicKey leafKey() {
        return leaf.key();
    }
}
