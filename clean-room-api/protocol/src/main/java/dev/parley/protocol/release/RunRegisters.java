package dev.parley.protocol.release;

import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.room.PolicyDigest;
import dev.parley.protocol.room.QueryDigest;

/**
 * The two registers that bind an enclave to its run: PCR16 is extended with the policy digest, PCR17 with the query
 * digest, each once, from zero, and locked.
 */
public record RunRegisters(Sha384Digest pcr16, Sha384Digest pcr17) {
    public static final int POLICY_INDEX = 16;
    public static final int QUERY_INDEX = 17;

    public static RunRegisters of(PolicyDigest policy, QueryDigest query) {
        return new RunRegisters(extendZero(policy.digest()), extendZero(query.digest()));
    }

    /** SHA-384(48 zero bytes ‖ value), the first extension of a register. */
    private static Sha384Digest extendZero(Sha384Digest value) {
        var message = new byte[2 * Sha384Digest.SIZE];
        value.bytes().asBuffer().get(message, Sha384Digest.SIZE, Sha384Digest.SIZE);
        return Sha384Digest.of(Bytes.takeOwnershipOf(message));
    }
}
