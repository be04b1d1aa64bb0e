package dev.parley.policy.run;

import static java.util.Objects.requireNonNull;

import dev.parley.policy.check.Refusal;

/** What {@link RunVerifier} concluded about a run. */
public sealed interface RunVerdict {
    record Accepted(VerifiedRun run) implements RunVerdict {
        public Accepted {
            requireNonNull(run);
        }
    }

    /** A signature, a digest or a form does not hold. */
    record Rejected(Reason reason) implements RunVerdict {
        public Rejected {
            requireNonNull(reason);
        }
    }

    /** All signatures hold, but the policy does not allow the query. */
    record Forbidden(Refusal refusal) implements RunVerdict {
        public Forbidden {
            requireNonNull(refusal);
        }
    }

    /** The stable code of a verdict that is not {@link Accepted}. */
    static String code(RunVerdict verdict) {
        return switch (verdict) {
            case Accepted ignored -> throw new IllegalArgumentException("an accepted run has no code");
            case Rejected(var reason) -> reason.name();
            case Forbidden(var refusal) -> refusal.code().name();
        };
    }

    enum Reason {
        /** The request is not one, or no run key of its party in the bundle signed it. */
        RUN_REQUEST_REFUSED,
        /** The request is for another room or another version of the policy. */
        RUN_REQUEST_POLICY_MISMATCH,
        RUN_REQUEST_NOT_VALID_NOW,
        /** The request does not name exactly the datasets that its plan reads. */
        RUN_REQUEST_DATASETS_MISMATCH,
        /** A manifest is not one, or no steward key of the dataset's owner signed it, or it is not the one asked for. */
        MANIFEST_REFUSED,
        /** A dataset was sealed with other columns than the policy declares. */
        SCHEMA_MISMATCH
    }
}
