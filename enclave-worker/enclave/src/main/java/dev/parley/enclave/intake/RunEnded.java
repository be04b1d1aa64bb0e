package dev.parley.enclave.intake;

import static java.util.Objects.requireNonNull;

/** The run ends without a result. The code is all that anyone learns. */
public final class RunEnded extends Exception {
    private static final long serialVersionUID = 1L;

    private final Outcome outcome;
    private final String code;

    private RunEnded(Outcome outcome, String code) {
        super(requireNonNull(code), null, false, false);
        this.outcome = outcome;
        this.code = code;
    }

    /** Whether trying again could help. */
    public enum Outcome {
        REFUSED("refused"),
        FAILED("failed");

        private final String text;

        Outcome(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /** The reasons of this package, beside those of approvals, runs, the policy checker and the engine. */
    public enum Code {
        /** What the host handed in is not a bundle, a configuration and at least one manifest. */
        MALFORMED_START,
        /** PCR3 is not what the role that the host names makes of it: the receipt would state another isolation. */
        ROLE_UNPROVEN,
        /** The log key of the bundle did not sign the checkpoint. */
        LOG_CHECKPOINT_REFUSED,
        /** A challenge is not the party's, or not for this run. */
        CHALLENGE_REFUSED,
        CHALLENGES_TOO_FAR_APART,
        POLICY_NOT_NEWEST,
        KEY_REVOKED,
        /** The grants are not those of the parties concerned, for this run and this enclave. */
        GRANTS_REFUSED,
        /** A release does not answer the grants, does not open, or holds another seed than was committed to. */
        RELEASE_REFUSED,
        /** A sealed dataset is not the one that its manifest names, or does not open with the released key. */
        DATASET_DAMAGED
    }

    /** A rule or a verification says no; it would say so again. */
    public static RunEnded refused(Code code) {
        return refused(code.name());
    }

    /** As {@link #refused(Code)}, with a code of whoever decided. */
    public static RunEnded refused(String code) {
        return new RunEnded(Outcome.REFUSED, code);
    }

    /** Something broke on the way. */
    public static RunEnded failed(Code code) {
        return new RunEnded(Outcome.FAILED, code.name());
    }

    public Outcome outcome() {
        return outcome;
    }

    public String code() {
        return code;
    }
}
