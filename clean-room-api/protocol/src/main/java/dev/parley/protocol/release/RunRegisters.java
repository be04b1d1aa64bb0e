package dev.parley.protocol.release;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.attestation.Pcrs;
import dev.parley.protocol.crypto.Sha384Digest;
import dev.parley.protocol.room.PolicyDigest;
import dev.parley.protocol.room.QueryDigest;
import java.util.Optional;

/**
 * The two registers that bind an enclave to its run: PCR16 is extended with the policy digest, PCR17 with the query
 * digest, each once, from zero, and locked.
 */
public record RunRegisters(Sha384Digest pcr16, Sha384Digest pcr17) {
    public static final int POLICY_INDEX = 16;
    public static final int QUERY_INDEX = 17;

    public RunRegisters {
        requireNonNull(pcr16);
        requireNonNull(pcr17);
    }

    public static RunRegisters of(PolicyDigest policy, QueryDigest query) {
        return new RunRegisters(
                Pcrs.extend(Pcrs.zero(), policy.digest().bytes()),
                Pcrs.extend(Pcrs.zero(), query.digest().bytes()));
    }

    /** Whether the policy's register is this one, and locked: only locked registers stand in evidence. */
    public boolean bindPolicyIn(Pcrs pcrs) {
        return pcrs.at(POLICY_INDEX).equals(Optional.of(pcr16));
    }

    /** Whether the query's register is this one, and locked. */
    public boolean bindQueryIn(Pcrs pcrs) {
        return pcrs.at(QUERY_INDEX).equals(Optional.of(pcr17));
    }
}
