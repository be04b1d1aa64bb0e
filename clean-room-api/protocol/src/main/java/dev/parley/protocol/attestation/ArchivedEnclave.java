package dev.parley.protocol.attestation;

/**
 * An enclave in production mode at the time its document names. It may have been gone for years: fit for receipts, never
 * for releasing keys. Only {@link AttestationVerifier#verifyArchived} makes one.
 */
public final class ArchivedEnclave implements Attested {
    private final TrustRoot root;
    private final Claims claims;

    ArchivedEnclave(TrustRoot root, Claims claims) {
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
        return "ArchivedEnclave[" + trustDomain() + ", " + moduleId() + "]";
    }
}
