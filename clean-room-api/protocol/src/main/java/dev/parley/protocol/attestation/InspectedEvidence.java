package dev.parley.protocol.attestation;

/**
 * A genuine document of any kind and mode, for people to look at. Never a ground to release or accept anything. Only
 * {@link AttestationVerifier#inspectAllowingDebug} makes one.
 */
public final class InspectedEvidence implements Attested {
    private final TrustRoot root;
    private final Claims claims;

    InspectedEvidence(TrustRoot root, Claims claims) {
        this.root = root;
        this.claims = claims;
    }

    @Override
    public TrustRoot root() {
        return root;
    }

    @Override
    public Claims claims() {
        return claims;
    }

    @Override
    public String toString() {
        return "InspectedEvidence[" + trustDomain() + ", " + moduleId() + "]";
    }
}
