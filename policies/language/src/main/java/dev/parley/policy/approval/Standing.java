package dev.parley.policy.approval;

import static java.util.Objects.requireNonNull;

import dev.parley.protocol.room.PartyId;
import java.util.Optional;

/** Whether a bundle is in force at some time. */
public sealed interface Standing {
    record Active(ActivePolicy policy) implements Standing {
        public Active {
            requireNonNull(policy);
        }
    }

    /**
     * Not in force, and why.
     *
     * @param party whose approval is wrong or missing, where it is one party's
     * @param detail for people; names roles and keys, never more of the input
     */
    record Inactive(Reason reason, Optional<PartyId> party, String detail) implements Standing {
        public Inactive {
            requireNonNull(reason);
            requireNonNull(party);
            requireNonNull(detail);
        }
    }

    /** Stable codes; {@code docs/errors.md} has a row for each. */
    enum Reason {
        BUNDLE_MALFORMED,
        BUNDLE_NOT_YET_VALID,
        BUNDLE_EXPIRED,
        APPROVAL_MALFORMED,
        APPROVAL_SIGNER_UNKNOWN,
        APPROVAL_SIGNATURE_WRONG,
        APPROVAL_FOR_ANOTHER_BUNDLE,
        APPROVAL_ROLE_WRONG,
        QUORUM_MISSING
    }
}
