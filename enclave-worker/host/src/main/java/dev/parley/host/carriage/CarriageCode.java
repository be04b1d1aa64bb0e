package dev.parley.host.carriage;

/** What the host itself says of a run, to the enclave or to the operator; {@code docs/errors.md}. */
enum CarriageCode {
    /** To the enclave: the operator's API did not serve what was asked of it. */
    OPERATOR_UNREACHABLE,
    /** To the enclave: the question is not one of the channel's. */
    MALFORMED_QUESTION,
    /** To the enclave: the host could not answer, and it is not the question's fault. */
    HOST_FAILED,
    /** To the operator: the claim is no run. */
    MALFORMED_CLAIM,
    /** To the operator: the platform gave no enclave. */
    ENCLAVE_NOT_LAUNCHED,
    /** To the operator: the enclave ended without a word. */
    ENCLAVE_LOST,
    /** To the operator: the run took longer than this host allows. */
    RUN_TIMED_OUT,
    /** To the operator: it does not take the outcome that the enclave delivered. */
    OUTCOME_REFUSED
}
