package dev.parley.protocol.attestation;

import dev.parley.protocol.encoding.Malformed;

/** Whose root vouches for an enclave. Evidence of one domain never satisfies a policy or a manifest of the other. */
public enum TrustDomain {
    /** AWS Nitro, under the pinned AWS root. */
    AWS_NITRO("aws-nitro"),
    /** The simulated Nitro, under the root of one installation. */
    SIMULATED("simulated");

    private final String text;

    TrustDomain(String text) {
        this.text = text;
    }

    public static TrustDomain parse(String text) throws Malformed {
        for (var domain : values()) {
            if (domain.text.equals(text)) {
                return domain;
            }
        }
        throw new Malformed("unknown trust domain");
    }

    /** The one spelling in policies, manifests and evidence checks. */
    public String text() {
        return text;
    }
}
