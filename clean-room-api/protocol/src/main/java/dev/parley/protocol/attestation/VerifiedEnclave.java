package dev.parley.protocol.attestation;

/**
 * A live enclave in production mode that answered the expected nonce just now. Only
 * {@link AttestationVerifier#verify} makes one, and keys are released to nothing else. Which measurement, PCR16, PCR17,
 * user data and trust domain are good enough is for the caller to decide.
 */
public final class VerifiedEnclave implements Attested {
    private final TrustRoot root;
    private final Claims claims;

    VerifiedEnclave(TrustRoot root, Claims claims) {
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
        return "VerifiedEnclave[" + trustDomain() + ", " + moduleId() + "]";
    }
}
