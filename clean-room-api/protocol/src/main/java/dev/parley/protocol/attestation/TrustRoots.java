package dev.parley.protocol.attestation;

import dev.parley.protocol.encoding.Bytes;
import java.util.Optional;
import java.util.Set;

/** The roots a verifier believes. A set, as AWS may add partitions; most verifiers hold exactly one. */
public record TrustRoots(Set<TrustRoot> roots) {
    public TrustRoots {
        roots = Set.copyOf(roots);
        if (roots.isEmpty()) {
            throw new IllegalArgumentException("a verifier needs a root");
        }
    }

    public static TrustRoots of(TrustRoot... roots) {
        return new TrustRoots(Set.of(roots));
    }

    public static TrustRoots awsNitro() {
        return of(TrustRoot.awsNitro());
    }

    /** The root with exactly these bytes. */
    Optional<TrustRoot> find(Bytes der) {
        return roots.stream().filter(root -> root.der().equals(der)).findFirst();
    }
}
